// Brings a database to the newest tables.
import type { Pool } from 'pg';

/** What a migration run did. */
export interface Migrated {
  /** Names of the migrations that were applied now. */
  readonly applied: readonly string[];
}

/** Applies what is missing, graphile-worker's tables included; processes that start together wait for each other. */
export async function migrate(_pool: Pool): Promise<Migrated> {
  throw new Error('not there yet');
}
