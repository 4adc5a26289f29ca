// Samples and output tokens per second over the time of an evaluation, counted by the database.
import type { Pool } from 'pg';

/** Rates over one stretch of time that begins at `at`. */
export interface ThroughputPoint {
  readonly at: Date;
  readonly samplesPerSecond: number;
  readonly tokensPerSecond: number;
}

/** One list for each evaluation: equal stretches of at least a second from the first sample's start to the last one's end. */
export async function throughputs(
  pool: Pool,
  evaluationIds: readonly string[],
  maxPoints: number,
): Promise<ThroughputPoint[][]> {
  const { rows } = await pool.query<ThroughputPoint & { evaluationId: string }>(
    `with ended as (
       select "evaluationId", "startedAt" + make_interval(secs => "e2eMs" / 1000) as at, "startedAt", "outputTokens" from "Sample"
       where "evaluationId" = any ($1::uuid[]) and failure is null),
     span as (
       select "evaluationId", min("startedAt") as start,
         greatest(1, ceil(extract(epoch from max(at) - min("startedAt")) / $2))::float8 as seconds
       from ended group by 1),
     counted as (
       select "evaluationId", floor(extract(epoch from at - start) / seconds)::int as step, count(*) as samples, sum("outputTokens") as tokens
       from ended join span using ("evaluationId") group by 1, 2)
     select "evaluationId", start + make_interval(secs => step * seconds) as at, coalesce(samples, 0) / seconds as "samplesPerSecond",
       coalesce(tokens, 0) / seconds as "tokensPerSecond"
     from span cross join lateral generate_series(0, (select max(step) from counted c where c."evaluationId" = span."evaluationId")) step
       left join counted using ("evaluationId", step)
     order by "evaluationId", step`,
    [evaluationIds, maxPoints],
  );
  const found = Map.groupBy(rows, ({ evaluationId }) => evaluationId);
  return evaluationIds.map((id) => found.get(id) ?? []);
}
