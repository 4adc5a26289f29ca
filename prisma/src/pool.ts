// Connections for plain SQL: bulk writes, notifications, migrations.
import pg from 'pg';

/** How many connections one process may hold. */
export interface PoolOptions {
  /** Default 10: api and one worker stay far below the 60 that the embedded server allows. */
  readonly max?: number | undefined;
  /** Shown in `pg_stat_activity`. */
  readonly name?: string | undefined;
}

/** A pool that connects on demand. An idle connection that breaks is dropped and replaced, never a crash; a query on it is rejected. */
export function createPool(url: string, { max = 10, name = 'bancada' }: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, application_name: name });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
