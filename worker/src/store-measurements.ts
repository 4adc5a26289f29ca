// Columns and sums over the samples of one evaluation, straight from SQL into typed arrays.
import { type EvaluationTotals, isOfRetrieval, type Measurement, type ScoreColumns } from '@bancada/core';
import type { Pool } from 'pg';

/** See `ResultStore.measured`. */
export async function readMeasured(
  pool: Pool,
  evaluationId: string,
  measurement: Measurement,
): Promise<Float64Array> {
  const column = measurement === 'goldRetrieved' ? '"goldRetrieved"::int' : `"${measurement}"`;
  const once = isOfRetrieval(measurement) ? 'and repeat = 0' : '';
  const { rows } = await pool.query<[number]>({
    text: `select ${column} from "Sample" where "evaluationId" = $1 and failure is null and ${column} is not null ${once}
           order by item, repeat`,
    values: [evaluationId],
    rowMode: 'array',
  });
  return Float64Array.from(rows, ([value]) => value);
}

/** See `ResultStore.scores`. */
export async function readScores(
  pool: Pool,
  evaluationId: string,
  metric: string,
  filter: string,
): Promise<ScoreColumns> {
  const { rows } = await pool.query<[number, number, number, number, string | null]>({
    text: `select score.value, score.weight, score.item, score.repeat, sample."group"
           from "Score" score join "Sample" sample using ("evaluationId", item, repeat)
           where score."evaluationId" = $1 and score.metric = $2 and score.filter = $3 order by item, repeat`,
    values: [evaluationId, metric, filter],
    rowMode: 'array',
  });
  const values = Float64Array.from(rows, ([value]) => value);
  const weights = Float64Array.from(rows, ([, weight]) => weight);
  const grouped = rows.some(([, , , , group]) => group !== null);
  if (!grouped && !rows.some(([, , , repeat]) => repeat > 0)) return { values, weights };
  const numbers = new Map<string, number>();
  const clusters = Int32Array.from(rows, ([, , item, , group]) =>
    grouped ? numberOf(numbers, group ?? `#${item}`) : item,
  );
  return { values, weights, clusters };
}

/** See `ResultStore.totals`. */
export async function readTotals(pool: Pool, evaluationId: string): Promise<EvaluationTotals> {
  const { rows } = await pool.query<Record<string, number | null>>(
    `select count(*)::float8 as samples, count(failure)::float8 as failed,
       sum("promptTokens") filter (where failure is null)::float8 as prompt,
       sum("outputTokens") filter (where failure is null)::float8 as output,
       sum("promptTokens" + case when "ttftMs" is null then "outputTokens" else 0 end)
         filter (where failure is null and "prefillMs" is not null)::float8 as prefill_tokens,
       sum("prefillMs") filter (where failure is null) as prefill_ms,
       sum("outputTokens") filter (where failure is null and "decodeMs" is not null)::float8 as decode_tokens,
       sum("decodeMs") filter (where failure is null) as decode_ms,
       sum("interTokenGaps") filter (where failure is null)::float8 as gaps,
       sum("interTokenMs" * "interTokenGaps") filter (where failure is null) as gap_ms,
       sum("promptTokens") filter (where failure is null and "ttftMs" is not null)::float8 as first_tokens,
       sum("ttftMs" - "queueMs") filter (where failure is null) as first_ms,
       count(*) filter (where failure is null and "droppedTokens" > 0)::float8 as truncated,
       count(*) filter (where failure is null and "lengthStopped")::float8 as length_stopped,
       avg(1.0::float8 / choices) filter (where failure is null) as chance,
       (select "activeMs" from "Evaluation" where id = $1) as active_ms
     from "Sample" where "evaluationId" = $1`,
    [evaluationId],
  );
  const number = (name: string) => Number(rows[0]?.[name] ?? 0);
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
    chance: rows[0]?.chance ?? undefined,
    activeMs: number('active_ms'),
  };
}

/** See `ResultStore.failures`. */
export async function readFailures(pool: Pool, evaluationId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ failure: string; n: number }>(
    `select failure, count(*)::int as n from "Sample" where "evaluationId" = $1 and failure is not null
     group by failure order by n desc, failure`,
    [evaluationId],
  );
  return new Map(rows.map(({ failure, n }) => [failure, n]));
}

function numberOf(numbers: Map<string, number>, cluster: string): number {
  const known = numbers.get(cluster);
  if (known !== undefined) return known;
  numbers.set(cluster, numbers.size);
  return numbers.size - 1;
}
