// A sample as a row of a table: the columns that CSV and Parquet have in common.
import type { EvaluationRecord, SampleRecord } from '../run/record.ts';
import { scoreName } from './stored-run.ts';

/** What stands in a cell; undefined where there is no value. */
export type SampleCell = string | number | boolean | undefined;

/** A column of the table of samples. */
export interface SampleColumn {
  /** As it stands in the file. */
  readonly name: string;
  /** What its cells hold; `time` is ISO 8601 in UTC. */
  readonly type: 'text' | 'integer' | 'number' | 'boolean' | 'time';
  /** The value of one row. */
  readonly cell: (evaluation: EvaluationRecord, sample: SampleRecord) => SampleCell;
}

/** In the order of the file; the scores follow, one column each. */
export const sampleColumns: readonly SampleColumn[] = [
  { name: 'run_id', type: 'text', cell: (evaluation) => evaluation.runId },
  { name: 'task', type: 'text', cell: (evaluation) => evaluation.task },
  { name: 'model', type: 'text', cell: (evaluation) => evaluation.model },
  { name: 'variant', type: 'text', cell: (evaluation) => evaluation.variant },
  { name: 'num_fewshot', type: 'integer', cell: (evaluation) => evaluation.numFewshot },
  { name: 'item', type: 'integer', cell: (_, sample) => sample.item },
  { name: 'repeat', type: 'integer', cell: (_, sample) => sample.repeat },
  { name: 'item_id', type: 'text', cell: (_, sample) => sample.itemId },
  { name: 'group', type: 'text', cell: (_, sample) => sample.group },
  { name: 'status', type: 'text', cell: (_, { outcome }) => outcome.status },
  {
    name: 'failure_reason',
    type: 'text',
    cell: (_, { outcome }) => (outcome.status === 'failed' ? outcome.reason : undefined),
  },
  {
    name: 'failure_message',
    type: 'text',
    cell: (_, { outcome }) => (outcome.status === 'failed' ? outcome.message : undefined),
  },
  { name: 'input', type: 'text', cell: (_, sample) => sample.input },
  { name: 'target', type: 'text', cell: (_, sample) => sample.target },
  { name: 'prediction', type: 'text', cell: (_, sample) => sample.prediction },
  { name: 'output', type: 'text', cell: (_, sample) => sample.output },
  {
    name: 'retrieved',
    type: 'text',
    cell: (_, sample) => sample.retrieved?.map(({ id }) => id).join(' '),
  },
  { name: 'gold_retrieved', type: 'boolean', cell: (_, sample) => sample.goldRetrieved },
  { name: 'prompt_tokens', type: 'integer', cell: (_, { tokens }) => tokens.prompt },
  { name: 'output_tokens', type: 'integer', cell: (_, { tokens }) => tokens.output },
  { name: 'dropped_tokens', type: 'integer', cell: (_, { tokens }) => tokens.dropped },
  { name: 'queue_ms', type: 'number', cell: (_, { timing }) => timing.queueMs },
  { name: 'ttft_ms', type: 'number', cell: (_, { timing }) => timing.ttftMs },
  { name: 'e2e_ms', type: 'number', cell: (_, { timing }) => timing.e2eMs },
  { name: 'prefill_ms', type: 'number', cell: (_, { timing }) => timing.prefillMs },
  { name: 'decode_ms', type: 'number', cell: (_, { timing }) => timing.decodeMs },
  { name: 'started_at', type: 'time', cell: (_, sample) => sample.startedAt },
];

/** The columns of the scores: every metric of every evaluation once. */
export function scoreNames(evaluations: readonly EvaluationRecord[]): string[] {
  return [...new Set(evaluations.flatMap(({ metrics }) => metrics.map(scoreName)))];
}
