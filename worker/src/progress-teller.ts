// Counters of runs, and the events that tell of them: at most four a second and run over all workers, and always a last one.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '@bancada/core';
import { appendActivity, appendEvents } from '@bancada/prisma';
import type { Pool, PoolClient } from 'pg';
import type { Lease } from './lease.ts';
import { RunRate } from './run-rate.ts';
import type { SampleCount } from './sample-count.ts';
import { fenced } from './transaction.ts';

const tellEveryMs = 250;
const activityEveryMs = 1_000;

interface Counters {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly sequence: string;
}

interface Followed {
  readonly rate: RunRate;
  toldAt: number;
  activityAt: number;
  /** The evaluation that changed last and was not told of. */
  pending: string | undefined;
  timer: NodeJS.Timeout | undefined;
  /** The telling that a timer began; the next one waits for it. */
  telling: Promise<void>;
}

/** Keeps the counters of the runs that this worker works on. */
export class ProgressTeller {
  readonly #pool: Pool;
  readonly #lease: Lease;
  readonly #runs = new Map<string, Followed>();

  constructor(pool: Pool, lease: Lease) {
    this.#pool = pool;
    this.#lease = lease;
  }

  /**
   * Adds a batch to the counters and tells of it when it is time. The last statements of the transaction that writes
   * the batch. @returns what to call after the commit.
   */
  async add(
    client: PoolClient,
    evaluationId: string,
    { done, failed }: SampleCount,
    activeMs: number,
  ): Promise<() => void> {
    const evaluation = await client.query<{ runId: string; done: number; planned: number | null }>(
      `update "Evaluation" set done = done + $2, failed = failed + $3, "activeMs" = "activeMs" + $4
       where id = $1 returning "runId", done, planned`,
      [evaluationId, done, failed, activeMs],
    );
    const row = evaluation.rows[0];
    if (row === undefined) throw new Error(`there is no evaluation ${evaluationId}`);
    const over = (count: number) => Math.max(0, count - (row.planned ?? 0));
    const followed = this.#follow(row.runId);
    const counters = await client.query<Counters>(
      `update "Run" set done = done + $2, failed = failed + $3, total = total + $4, rate = $5
       where id = $1 returning done, total, failed, sequence`,
      [row.runId, done, failed, over(row.done) - over(row.done - done), followed.rate.latest],
    );
    const told = await this.#tell(client, row.runId, evaluationId, row.done, counters.rows[0]);
    return () => this.#after(row.runId, evaluationId, told);
  }

  /** Sets the total anew, when an evaluation knows how many samples it has. */
  async plan(client: PoolClient, runId: string): Promise<void> {
    await client.query('select 1 from "Run" where id = $1 for update', [runId]);
    await client.query(
      `update "Run" set total = (select coalesce(sum(greatest(coalesce(planned, 0), done)), 0) from "Evaluation" where "runId" = $1)
       where id = $1`,
      [runId],
    );
  }

  /** Tells of what was not told yet. */
  async flush(runId: string): Promise<void> {
    const followed = this.#runs.get(runId);
    while (followed?.pending !== undefined && !this.#lease.lost.aborted) {
      clearTimeout(followed.timer);
      await sleep(Math.max(0, followed.toldAt + tellEveryMs - performance.now()));
      await this.#tellLater(runId, followed);
    }
  }

  /** Forgets how fast a run went: it is over, or stands still and goes on at another speed. */
  forget(runId: string): void {
    clearTimeout(this.#runs.get(runId)?.timer);
    this.#runs.delete(runId);
  }

  /** Stops the timers. */
  close(): void {
    for (const { timer } of this.#runs.values()) clearTimeout(timer);
    this.#runs.clear();
  }

  #follow(runId: string): Followed {
    const known = this.#runs.get(runId);
    if (known !== undefined) return known;
    const long = Number.NEGATIVE_INFINITY;
    const followed: Followed = {
      rate: new RunRate(),
      toldAt: long,
      activityAt: long,
      pending: undefined,
      timer: undefined,
      telling: Promise.resolve(),
    };
    this.#runs.set(runId, followed);
    return followed;
  }

  async #tell(
    client: PoolClient,
    runId: string,
    evaluationId: string,
    evaluationDone: number,
    counters: Counters | undefined,
  ): Promise<boolean> {
    const followed = this.#follow(runId);
    if (counters === undefined) return false;
    const { done, total, failed, sequence } = counters;
    const rate = followed.rate.mark(done);
    const now = performance.now();
    if (now - followed.toldAt < tellEveryMs || (await toldByOthers(client, runId, sequence))) return false;
    const progress: Progress = {
      done,
      total,
      failed,
      rate,
      etaSeconds: rate > 0 ? (total - done) / rate : undefined,
    };
    await appendEvents(client, runId, [{ type: 'samples.scored', evaluationId, evaluationDone, progress }]);
    followed.toldAt = now;
    if (now - followed.activityAt >= activityEveryMs) {
      followed.activityAt = now;
      await appendActivity(client, { kind: 'run.progress', runId });
    }
    return true;
  }

  #after(runId: string, evaluationId: string, told: boolean): void {
    const followed = this.#follow(runId);
    if (told) {
      followed.pending = undefined;
      clearTimeout(followed.timer);
      followed.timer = undefined;
      return;
    }
    followed.pending = evaluationId;
    if (followed.timer !== undefined) return;
    const wait = Math.max(20, followed.toldAt + tellEveryMs - performance.now());
    followed.timer = setTimeout(() => {
      // A database that is gone for the moment is told of by the batches themselves.
      this.#tellLater(runId, followed).catch(() => undefined);
    }, wait);
  }

  #tellLater(runId: string, followed: Followed): Promise<void> {
    clearTimeout(followed.timer);
    followed.timer = undefined;
    const telling = followed.telling.then(() => this.#tellPending(runId, followed));
    followed.telling = telling.catch(() => undefined);
    return telling;
  }

  async #tellPending(runId: string, followed: Followed): Promise<void> {
    const evaluationId = followed.pending;
    if (evaluationId === undefined) return;
    const told = await fenced(this.#pool, this.#lease, async (client) => {
      const evaluation = await client.query<{ done: number }>('select done from "Evaluation" where id = $1', [
        evaluationId,
      ]);
      const run = await client.query<Counters>(
        `select done, total, failed, sequence from "Run" where id = $1 and status = 'RUNNING' for update`,
        [runId],
      );
      if (evaluation.rows[0] === undefined || run.rows[0] === undefined) return true;
      return this.#tell(client, runId, evaluationId, evaluation.rows[0].done, run.rows[0]);
    });
    this.#after(runId, evaluationId, told);
  }
}

// The run's row is locked, so nobody else can be telling now.
async function toldByOthers(client: PoolClient, runId: string, sequence: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from "RunEvent" where "runId" = $1 and sequence > $2::bigint - 64 and type = 'samples.scored'
     and "createdAt" > clock_timestamp() - $3 * interval '1 millisecond' limit 1`,
    [runId, sequence, tellEveryMs - 5],
  );
  return (rowCount ?? 0) > 0;
}
