// What a batch of samples adds to the counters, before it is written: some are there already, some replace a failure.
import type { SampleRecord } from '@bancada/core';
import type { PoolClient } from 'pg';

/** Changes of the counters. */
export interface SampleCount {
  readonly done: number;
  readonly failed: number;
  /** Those that were not stored, or only as failures. */
  readonly fresh: readonly SampleRecord[];
}

/** Counts a batch against what is stored; in the transaction that writes it. */
export async function countSamples(
  client: PoolClient,
  evaluationId: string,
  samples: readonly SampleRecord[],
): Promise<SampleCount> {
  const { rows } = await client.query<{ item: number; repeat: number; failed: boolean }>(
    `select item, repeat, failure is not null as failed from "Sample"
     where "evaluationId" = $1 and (item, repeat) in (select * from unnest($2::int[], $3::int[]))`,
    [evaluationId, samples.map(({ item }) => item), samples.map(({ repeat }) => repeat)],
  );
  const stored = new Map(rows.map(({ item, repeat, failed }) => [`${item}/${repeat}`, failed]));
  let done = 0;
  let failed = 0;
  const fresh: SampleRecord[] = [];
  for (const sample of samples) {
    const { item, repeat, outcome } = sample;
    const key = `${item}/${repeat}`;
    const before = stored.get(key);
    if (before === false) continue;
    fresh.push(sample);
    const fails = outcome.status === 'failed';
    if (before === undefined) done += 1;
    failed += Number(fails) - Number(before === true);
    stored.set(key, fails);
  }
  return { done, failed, fresh };
}
