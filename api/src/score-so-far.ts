// The mean of a score after each so many samples, with the interval that shrinks: computed by the database, thinned there.
import { type EvaluationRecord, normalInterval, wilsonInterval } from '@bancada/core';
import type { Pool } from 'pg';

/** The mean over the first n samples in the order in which they were asked, with its 95 % interval. */
export interface ScorePoint {
  readonly n: number;
  readonly value: number;
  readonly ciLow: number | undefined;
  readonly ciHigh: number | undefined;
}

interface Row {
  readonly evaluationId: string;
  readonly n: number;
  readonly value: number;
  readonly stderr: number | null;
  /** Every score so far is 0 or 1. */
  readonly whole: boolean;
}

/** One list of points for each evaluation; `metric` defaults to the evaluation's first. Empty where the metric is no plain mean. */
export async function scoresSoFar(
  pool: Pool,
  evaluations: readonly { readonly id: string; readonly record: EvaluationRecord }[],
  metric: string | undefined,
  maxPoints: number,
): Promise<ScorePoint[][]> {
  const wanted = evaluations.flatMap(({ id, record }) => {
    const found = record.metrics.find((one) => metric === undefined || one.metric === metric);
    return found?.aggregation === 'mean' ? [{ id, metric: found.metric, filter: found.filter }] : [];
  });
  const { rows } = await pool.query<Row>(
    `with wanted as (select * from json_to_recordset($1::json) as w(id uuid, metric text, filter text)),
     scored as (
       select s."evaluationId", c.value, count(*) over everything as total, row_number() over so_far as n, avg(c.value) over so_far as mean,
         stddev_samp(c.value) over so_far as deviation, bool_and(c.value in (0, 1)) over so_far as whole
       from wanted w join "Score" c on c."evaluationId" = w.id and c.metric = w.metric and c.filter = w.filter
         join "Sample" s using ("evaluationId", item, repeat)
       window everything as (partition by s."evaluationId"),
         so_far as (partition by s."evaluationId" order by s."startedAt", s.item, s.repeat rows unbounded preceding))
     select "evaluationId", n::int, mean as value, deviation / sqrt(n) as stderr, whole from scored
     where n = total or n % ceil(total / $2::float8)::int = 0 order by "evaluationId", n`,
    [JSON.stringify(wanted), maxPoints],
  );
  const found = Map.groupBy(rows, ({ evaluationId }) => evaluationId);
  return evaluations.map(({ id }) => (found.get(id) ?? []).map(pointOf));
}

function pointOf({ n, value, stderr, whole }: Row): ScorePoint {
  if (whole) {
    const { low, high } = wilsonInterval(Math.min(n, value * n), n);
    return { n, value, ciLow: low, ciHigh: high };
  }
  if (stderr === null) return { n, value, ciLow: undefined, ciHigh: undefined };
  const { low, high } = normalInterval(value, stderr);
  return { n, value, ciLow: low, ciHigh: high };
}
