// Samples into Postgres by the hundred: one statement, however many.
import type { SampleRecord } from '@bancada/core';
import type { Sql } from './sql.ts';

/**
 * Writes samples with their scores. A sample that is there is left as it is, unless it has failed: then it is replaced.
 * `evaluationId` is the row's UUID. Gives how many were written.
 */
export async function insertSamples(
  _sql: Sql,
  _evaluationId: string,
  _samples: readonly SampleRecord[],
): Promise<number> {
  throw new Error('not there yet');
}
