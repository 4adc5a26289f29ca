// Transactions of a worker: fenced by its lease, ended by the server when the worker stands still.
import { BancadaError } from '@bancada/core';
import type { Pool, PoolClient } from 'pg';
import type { Lease } from './lease.ts';

// A worker that was stopped inside a transaction must not hold its locks against the one that takes over.
const idleTimeoutMs = 10_000;

/**
 * Does some work in one transaction that only commits while the lease holds.
 * @throws BancadaError STORE_FAILED when the lease is lost or Postgres refuses; other errors of the work as they are.
 */
export async function fenced<Result>(
  pool: Pool,
  lease: Lease,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (thrown) {
    throw storeError(thrown);
  }
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query(`begin; set local idle_in_transaction_session_timeout = ${idleTimeoutMs}`);
    await lease.require(client);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (thrown) {
    await client.query('rollback').catch((error: Error) => {
      broken ??= error;
    });
    throw storeError(thrown);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** What Postgres said, as an error of the store; an error of ours stays as it is. */
export function storeError(thrown: unknown): BancadaError {
  if (thrown instanceof BancadaError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return new BancadaError('STORE_FAILED', `the database refused: ${said}`, { cause: thrown });
}
