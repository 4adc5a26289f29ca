// A worker's right to write: held by a lock of its own connection and a heartbeat, taken away by whoever finds it dead.
import { BancadaError } from '@bancada/core';
import { appendActivity } from '@bancada/prisma';
import type { Pool, PoolClient } from 'pg';

const heartbeatMs = 5_000;

/** What a worker tells of itself. */
export interface WorkerDescription {
  readonly id: string;
  readonly node: string;
  readonly labels: readonly string[];
  readonly version: string;
  /** Processor, memory, accelerators. */
  readonly machine: Readonly<Record<string, unknown>>;
}

/** The key of a worker's advisory lock, as SQL over its id. */
export const lockKeySql = (id: string) => `hashtextextended('bancada-worker/' || ${id}, 0)`;

/** Registered in `Worker` while it is held; every write of a result checks that it still is. */
export class Lease {
  readonly workerId: string;
  readonly #pool: Pool;
  readonly #client: PoolClient;
  readonly #lost = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #released = false;

  private constructor(pool: Pool, client: PoolClient, workerId: string) {
    this.#pool = pool;
    this.#client = client;
    this.workerId = workerId;
    client.on('error', (error) => this.#lose(`its connection ended: ${error.message}`));
    client.on('end', () => this.#lose('its connection ended'));
    this.#schedule();
  }

  /** Locks, registers the worker and begins to beat. @throws what Postgres says. */
  static async take(pool: Pool, worker: WorkerDescription): Promise<Lease> {
    const client = await pool.connect();
    try {
      await client.query(`select pg_advisory_lock(${lockKeySql('$1::text')})`, [worker.id]);
      await client.query(
        `insert into "Worker" (id, node, "poolId", labels, pid, version, machine) values ($1, $2, '', $3, $4, $5, $6)`,
        [worker.id, worker.node, worker.labels, process.pid, worker.version, JSON.stringify(worker.machine)],
      );
      await appendActivity(client, { kind: 'worker.started', workerId: worker.id });
      return new Lease(pool, client, worker.id);
    } catch (thrown) {
      client.release(true);
      throw thrown;
    }
  }

  /** Aborts once the lease is gone: whatever this worker does is done by others now. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Notes the pools of graphile-worker under whose names jobs are locked. */
  async usePools(poolIds: readonly string[]): Promise<void> {
    await this.#pool.query('update "Worker" set "poolId" = $2 where id = $1', [
      this.workerId,
      poolIds.join(','),
    ]);
  }

  /**
   * Makes sure, inside a transaction, that the lease holds until its commit.
   * @throws BancadaError STORE_FAILED when it was taken away.
   */
  async require(client: PoolClient): Promise<void> {
    const { rowCount } = await client.query(
      'select 1 from "Worker" where id = $1 and "stoppedAt" is null for share',
      [this.workerId],
    );
    if (rowCount === 1) return;
    this.#lose('it was declared dead');
    throw leaseLost();
  }

  /** Signs off. */
  async release(): Promise<void> {
    this.#released = true;
    clearTimeout(this.#timer);
    try {
      const { rowCount } = await this.#pool.query(
        'update "Worker" set "stoppedAt" = now() where id = $1 and "stoppedAt" is null',
        [this.workerId],
      );
      if (rowCount === 1)
        await appendActivity(this.#pool, { kind: 'worker.stopped', workerId: this.workerId });
    } finally {
      this.#client.removeAllListeners('end');
      this.#client.release(true);
    }
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#beat().then(
        () => this.#released || this.lost.aborted || this.#schedule(),
        (thrown: unknown) => this.#lose(`its heartbeat failed: ${String(thrown)}`),
      );
    }, heartbeatMs);
  }

  // Over the connection that holds the lock: when that one is gone, so is the lease.
  async #beat(): Promise<void> {
    const { rowCount } = await this.#client.query(
      'update "Worker" set "heartbeatAt" = now() where id = $1 and "stoppedAt" is null',
      [this.workerId],
    );
    if (rowCount !== 1) this.#lose('it was declared dead');
  }

  #lose(reason: string): void {
    if (this.#released || this.lost.aborted) return;
    clearTimeout(this.#timer);
    this.#lost.abort(new BancadaError('STORE_FAILED', `this worker lost its lease: ${reason}`));
  }
}

function leaseLost(): BancadaError {
  return new BancadaError('STORE_FAILED', 'this worker was declared dead; its results are refused', {
    hint: 'It registers anew by itself; the jobs that it held go on',
  });
}
