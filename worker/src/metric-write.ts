// Aggregates of an evaluation into Postgres; preliminary until the evaluation has ended.
import type { MetricRecord } from '@bancada/core';
import type { PoolClient } from 'pg';

/** Writes values over those of the same metric and filter. */
export async function writeMetrics(
  client: PoolClient,
  evaluationId: string,
  metrics: readonly MetricRecord[],
): Promise<void> {
  if (metrics.length === 0) return;
  await client.query(
    `insert into "MetricValue" ("evaluationId", metric, filter, kind, value, n, stderr, "ciLow", "ciHigh", method, "higherIsBetter", preliminary)
     select $1::uuid, *, true from unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::int[], $7::float8[], $8::float8[], $9::float8[], $10::text[], $11::bool[])
     on conflict ("evaluationId", metric, filter) do update set kind = excluded.kind, value = excluded.value, n = excluded.n,
       stderr = excluded.stderr, "ciLow" = excluded."ciLow", "ciHigh" = excluded."ciHigh", method = excluded.method,
       "higherIsBetter" = excluded."higherIsBetter", preliminary = true`,
    [
      evaluationId,
      metrics.map(({ metric }) => metric),
      metrics.map(({ filter }) => filter),
      metrics.map(({ kind }) => kind),
      metrics.map(({ value }) => value),
      metrics.map(({ n }) => n),
      metrics.map(({ stderr }) => stderr ?? null),
      metrics.map(({ ciLow }) => ciLow ?? null),
      metrics.map(({ ciHigh }) => ciHigh ?? null),
      metrics.map(({ method }) => method),
      metrics.map(({ higherIsBetter }) => higherIsBetter),
    ],
  );
}

/** Writes values in the place of all that the evaluation had. */
export async function replaceMetrics(
  client: PoolClient,
  evaluationId: string,
  metrics: readonly MetricRecord[],
): Promise<void> {
  await client.query('delete from "MetricValue" where "evaluationId" = $1', [evaluationId]);
  await writeMetrics(client, evaluationId, metrics);
}
