// Samples into Postgres by the hundred: one statement, however many.
import type { SampleRecord } from '@bancada/core';
import { sampleColumns, scoreColumns } from './sample-columns.ts';
import { query, type Sql } from './sql.ts';

/**
 * Writes samples with their scores. A sample that is there is left as it is, unless it has failed: then it is replaced.
 * `evaluationId` is the row's UUID. Gives how many were written. Within one call (item, repeat) must be unique.
 */
export async function insertSamples(
  sql: Sql,
  evaluationId: string,
  samples: readonly SampleRecord[],
): Promise<number> {
  if (samples.length === 0) return 0;
  const scores = samples.flatMap((sample) => sample.scores.map((score) => ({ sample, score })));
  const values = [
    evaluationId,
    ...sampleColumns.map((column) => samples.map(column.value)),
    ...scoreColumns.map((column) => scores.map(column.value)),
  ];
  const [row] = await query<{ written: number }>(sql, statement, values);
  return row?.written ?? 0;
}

const names = sampleColumns.map(({ name }) => `"${name}"`);
const scoreNames = scoreColumns.map(({ name }) => `"${name}"`);

// One text for every batch size. The scores follow the samples that were written, so that a repeated batch writes nothing at all.
const statement = `
  with written as (
    insert into "Sample" ("evaluationId", ${names.join(', ')})
    select $1::uuid, ${sampleColumns.map(({ name, cast }) => `"${name}"${cast ?? ''}`).join(', ')}
    from unnest(${sampleColumns.map(({ type }, index) => `$${index + 2}::${type}[]`).join(', ')}) as given (${names.join(', ')})
    on conflict ("evaluationId", item, repeat) do update
      set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
      where "Sample".failure is not null
    returning item, repeat),
  scored as (
    insert into "Score" ("evaluationId", ${scoreNames.join(', ')})
    select $1::uuid, ${scoreNames.join(', ')}
    from unnest(${scoreColumns.map(({ type }, index) => `$${index + 2 + sampleColumns.length}::${type}[]`).join(', ')})
      as given (${scoreNames.join(', ')})
    join written using (item, repeat)
    on conflict ("evaluationId", metric, filter, item, repeat) do update set value = excluded.value, weight = excluded.weight)
  select count(*)::int as written from written`;
