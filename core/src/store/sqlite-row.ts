// Between the records of a result and the rows of its SQLite file.
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { IntervalMethod } from '../metric/metric.ts';
import type { OutputType } from '../request/output-type.ts';
import type { FailureReason } from '../request/request.ts';
import type {
  EvaluationRecord,
  MetricRecord,
  RunRecord,
  RunStatus,
  SampleRecord,
  SampleRequest,
} from '../run/record.ts';
import type { Score } from '../scorer/scorer.ts';

/** A row as node:sqlite gives it. */
export type SqlRow = Record<string, SQLOutputValue>;

/** The columns of `sample` in the order of {@link sampleValues}, without its key. */
export const sampleColumns =
  'evaluation, item, repeat, failure, started_at, queue_ms, ttft_ms, e2e_ms, inter_token_ms, inter_token_gaps, prefill_ms, decode_ms, ' +
  'prompt_tokens, output_tokens, dropped_tokens, length_stopped, gold_retrieved, document_recall, reciprocal_rank, choices, item_id, cluster, failure_message, target, ' +
  'prediction, input, output, requests, retrieved, relevant_documents';

/** The values of one row of `sample`. */
export function sampleValues(evaluation: number, sample: SampleRecord): SQLInputValue[] {
  const { timing, tokens, outcome } = sample;
  const gaps = timing.interTokenMs ?? [];
  return [
    evaluation,
    sample.item,
    sample.repeat,
    outcome.status === 'failed' ? outcome.reason : null,
    Date.parse(sample.startedAt),
    timing.queueMs,
    timing.ttftMs ?? null,
    timing.e2eMs,
    gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
    gaps.length,
    timing.prefillMs ?? null,
    timing.decodeMs ?? null,
    tokens.prompt,
    tokens.output,
    tokens.dropped,
    sample.requests.some((request) => request.finish === 'length') ? 1 : 0,
    sample.goldRetrieved === undefined ? null : Number(sample.goldRetrieved),
    sample.documentRecall ?? null,
    sample.reciprocalRank ?? null,
    sample.choices ?? null,
    sample.itemId,
    sample.group ?? null,
    outcome.status === 'failed' ? outcome.message : null,
    sample.target,
    sample.prediction,
    sample.input,
    sample.output,
    JSON.stringify(sample.requests),
    sample.retrieved === undefined ? null : JSON.stringify(sample.retrieved),
    sample.relevantDocuments === undefined ? null : JSON.stringify(sample.relevantDocuments),
  ];
}

/** A sample from its row and its scores. */
export function toSample(evaluationId: string, row: SqlRow, scores: readonly Score[]): SampleRecord {
  const requests = JSON.parse(String(row.requests)) as SampleRequest[];
  const gaps = requests.find((request) => request.timing.interTokenMs !== undefined)?.timing.interTokenMs;
  return {
    evaluationId,
    item: Number(row.item),
    repeat: Number(row.repeat),
    itemId: String(row.item_id),
    outcome:
      row.failure === null
        ? { status: 'ok' }
        : { status: 'failed', reason: row.failure as FailureReason, message: String(row.failure_message) },
    input: String(row.input),
    target: String(row.target),
    prediction: String(row.prediction),
    output: String(row.output),
    group: optionalText(row.cluster),
    choices: optionalNumber(row.choices),
    requests,
    retrieved: row.retrieved === null ? undefined : JSON.parse(String(row.retrieved)),
    relevantDocuments:
      row.relevant_documents === null ? undefined : JSON.parse(String(row.relevant_documents)),
    goldRetrieved: row.gold_retrieved === null ? undefined : row.gold_retrieved === 1,
    documentRecall: optionalNumber(row.document_recall),
    reciprocalRank: optionalNumber(row.reciprocal_rank),
    scores,
    tokens: {
      prompt: Number(row.prompt_tokens),
      output: Number(row.output_tokens),
      dropped: Number(row.dropped_tokens),
    },
    timing: {
      queueMs: Number(row.queue_ms),
      ttftMs: optionalNumber(row.ttft_ms),
      interTokenMs: gaps,
      e2eMs: Number(row.e2e_ms),
      prefillMs: optionalNumber(row.prefill_ms),
      decodeMs: optionalNumber(row.decode_ms),
    },
    startedAt: new Date(Number(row.started_at)).toISOString(),
  };
}

/** A run from its row. */
export function toRun(row: SqlRow): RunRecord {
  return {
    id: String(row.id),
    name: String(row.name),
    fingerprint: String(row.fingerprint),
    status: row.status as RunStatus,
    createdAt: String(row.created_at),
    finishedAt: optionalText(row.finished_at),
    snapshot: JSON.parse(String(row.snapshot)),
  };
}

/** An evaluation from its row. */
export function toEvaluation(row: SqlRow): EvaluationRecord {
  return {
    id: String(row.id),
    runId: String(row.run),
    task: String(row.task),
    model: String(row.model),
    variant: String(row.variant),
    outputType: row.output_type as OutputType,
    numFewshot: Number(row.num_fewshot),
    repeats: Number(row.repeats),
    metrics: JSON.parse(String(row.metrics)),
    fingerprint: String(row.fingerprint),
    modelInfo: row.model_info === null ? undefined : JSON.parse(String(row.model_info)),
    parameters: JSON.parse(String(row.parameters)),
    planned: optionalNumber(row.planned),
    status: row.status as EvaluationRecord['status'],
    error: optionalText(row.error),
  };
}

/** A metric from its row. */
export function toMetric(evaluationId: string, row: SqlRow): MetricRecord {
  return {
    evaluationId,
    metric: String(row.metric),
    filter: String(row.filter),
    kind: row.kind as MetricRecord['kind'],
    value: Number(row.value),
    n: Number(row.n),
    stderr: optionalNumber(row.stderr),
    ciLow: optionalNumber(row.ci_low),
    ciHigh: optionalNumber(row.ci_high),
    method: row.method as IntervalMethod,
    higherIsBetter: row.higher_is_better === 1,
  };
}

/** SQL's NULL as undefined. */
export function optionalNumber(value: SQLOutputValue | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

/** SQL's NULL as undefined. */
export function optionalText(value: SQLOutputValue | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
