// Columns and sums over the samples of one evaluation, straight from SQL into typed arrays.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ScoreColumns } from '../metric/metric.ts';
import { type EvaluationTotals, isOfRetrieval, type Measurement } from '../run/result-store.ts';
import { optionalNumber } from './sqlite-row.ts';

const columnOf: Record<Measurement, string> = {
  queueMs: 'queue_ms',
  ttftMs: 'ttft_ms',
  e2eMs: 'e2e_ms',
  interTokenMs: 'inter_token_ms',
  prefillMs: 'prefill_ms',
  decodeMs: 'decode_ms',
  goldRetrieved: 'gold_retrieved',
  documentRecall: 'document_recall',
  reciprocalRank: 'reciprocal_rank',
};

/** See `ResultStore.measured`. */
export function readMeasured(
  database: DatabaseSync,
  evaluation: number,
  measurement: Measurement,
): Float64Array {
  const column = columnOf[measurement];
  const once = isOfRetrieval(measurement) ? 'AND repeat = 0' : '';
  const where = `FROM sample WHERE evaluation = ? AND failure IS NULL AND ${column} IS NOT NULL ${once}`;
  const values = new Float64Array(count(database.prepare(`SELECT count(*) AS n ${where}`), evaluation));
  let position = 0;
  for (const row of database
    .prepare(`SELECT ${column} AS value ${where} ORDER BY item, repeat`)
    .iterate(evaluation)) {
    values[position++] = Number(row.value);
  }
  return values;
}

/** See `ResultStore.scores`. */
export function readScores(
  database: DatabaseSync,
  evaluation: number,
  metric: string,
  filter: string,
): ScoreColumns {
  const where = 'FROM score WHERE evaluation = ? AND metric = ? AND filter = ?';
  const found = database
    .prepare(`SELECT count(*) AS n, count(cluster) AS grouped, max(repeat) AS repeat ${where}`)
    .get(evaluation, metric, filter);
  const n = Number(found?.n ?? 0);
  const grouped = Number(found?.grouped ?? 0) > 0;
  const clusters = grouped || Number(found?.repeat ?? 0) > 0 ? new Int32Array(n) : undefined;
  const values = new Float64Array(n);
  const weights = new Float64Array(n);
  const numbers = new Map<string, number>();
  let position = 0;
  for (const row of database
    .prepare(`SELECT value, weight, item, cluster ${where} ORDER BY item, repeat`)
    .iterate(evaluation, metric, filter)) {
    values[position] = Number(row.value);
    weights[position] = Number(row.weight);
    if (clusters)
      clusters[position] = grouped ? numberOf(numbers, row.cluster ?? `#${row.item}`) : Number(row.item);
    position += 1;
  }
  return clusters ? { values, weights, clusters } : { values, weights };
}

/** See `ResultStore.totals`. */
export function readTotals(database: DatabaseSync, evaluation: number): EvaluationTotals {
  const row = database
    .prepare(
      `SELECT count(*) AS samples, count(failure) AS failed,
         total(prompt_tokens) FILTER (WHERE failure IS NULL) AS prompt,
         total(output_tokens) FILTER (WHERE failure IS NULL) AS output,
         total(prompt_tokens + iif(ttft_ms IS NULL, output_tokens, 0))
           FILTER (WHERE failure IS NULL AND prefill_ms IS NOT NULL) AS prefill_tokens,
         total(prefill_ms) FILTER (WHERE failure IS NULL) AS prefill_ms,
         total(output_tokens) FILTER (WHERE failure IS NULL AND decode_ms IS NOT NULL) AS decode_tokens,
         total(decode_ms) FILTER (WHERE failure IS NULL) AS decode_ms,
         total(inter_token_gaps) FILTER (WHERE failure IS NULL) AS gaps,
         total(inter_token_ms * inter_token_gaps) FILTER (WHERE failure IS NULL) AS gap_ms,
         total(prompt_tokens) FILTER (WHERE failure IS NULL AND ttft_ms IS NOT NULL) AS first_tokens,
         total(ttft_ms - queue_ms) FILTER (WHERE failure IS NULL) AS first_ms,
         count(*) FILTER (WHERE failure IS NULL AND dropped_tokens > 0) AS truncated,
         count(*) FILTER (WHERE failure IS NULL AND length_stopped = 1) AS length_stopped,
         avg(1.0 / choices) FILTER (WHERE failure IS NULL) AS chance,
         (SELECT active_ms FROM evaluation WHERE key = ?1) AS active_ms
       FROM sample WHERE evaluation = ?1`,
    )
    .get(evaluation);
  const number = (name: string) => Number(row?.[name] ?? 0);
  return {
    samples: number('samples'),
    failed: number('failed'),
    promptTokens: number('prompt'),
    outputTokens: number('output'),
    prefill: { tokens: number('prefill_tokens'), ms: number('prefill_ms') },
    decode: { tokens: number('decode_tokens'), ms: number('decode_ms') },
    interToken: { gaps: number('gaps'), ms: number('gap_ms') },
    firstToken: { tokens: number('first_tokens'), ms: number('first_ms') },
    truncated: number('truncated'),
    lengthStopped: number('length_stopped'),
    chance: optionalNumber(row?.chance),
    activeMs: number('active_ms'),
  };
}

function count(statement: StatementSync, evaluation: number): number {
  return Number(statement.get(evaluation)?.n ?? 0);
}

function numberOf(numbers: Map<string, number>, cluster: unknown): number {
  const name = String(cluster);
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
