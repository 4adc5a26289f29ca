// One life of a worker: from taking a lease to giving it back, or to finding that it was taken away.
import { randomUUIDv7 } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunEnvironment, readEnvironment as readInventory } from '@bancada/core';
import { forbiddenFlags, type Listener, listen } from '@bancada/prisma';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { ActiveShards } from './active-shards.ts';
import type { WorkerContext } from './context.ts';
import { DiskWatch } from './disk-watch.ts';
import type { Environment } from './env.ts';
import { HardwareSampler } from './hardware/sampler.ts';
import { HubCacheKeeper } from './hub-cache-keeper.ts';
import { followNotice } from './intents.ts';
import { reapJob, unlockPools } from './jobs/reap.ts';
import { controlJobs, playgroundJobs, shardJobs } from './jobs/registry.ts';
import { lookAtSchedules } from './jobs/schedule.ts';
import { Lease } from './lease.ts';
import type { RunLog } from './log.ts';
import { PlanCache } from './plan-cache.ts';
import { ProgressTeller } from './progress-teller.ts';
import { JobRunner } from './runner.ts';
import { nodeLabel } from './shard-queue.ts';
import { PostgresStore } from './store.ts';
import { WarmModels } from './warm-models.ts';

const reapEveryMs = 20_000;
const controlConcurrency = 2;
// Each may hold a model beside those of the runs.
const playgroundConcurrency = 2;
// Shards stop within 2 s; what has not by then is left to whoever takes it over.
const stopWithinMs = 5_000;

/** What outlives a lease. */
export interface SessionContext {
  readonly env: Environment;
  readonly pool: Pool;
  readonly log: Logger;
  readonly runLog: RunLog;
}

/**
 * Works until told to stop, or until the lease is lost or something is `broken` that only a new beginning mends:
 * the caller then begins again, under a new name.
 * @throws what Postgres says at the start.
 */
export async function runSession(
  session: SessionContext,
  stop: AbortSignal,
  broken: AbortSignal,
): Promise<void> {
  const { env, pool, runLog } = session;
  const inventory = await readInventory();
  const lease = await Lease.take(pool, {
    id: randomUUIDv7(),
    node: hostname(),
    labels: env.labels,
    ...about(inventory),
  });
  runLog.useWorker(lease.workerId);
  const context = contextOf(session, lease);
  const parts = new Parts(context);
  try {
    await parts.start();
    context.log.info(
      { worker: lease.workerId, node: context.node, labels: env.labels },
      'the worker is ready',
    );
    await aborted(AbortSignal.any([stop, lease.lost, broken, parts.ended]));
  } finally {
    await parts.stop();
    await lease.release().catch(() => undefined);
  }
}

function contextOf({ env, pool, log }: SessionContext, lease: Lease): WorkerContext {
  const teller = new ProgressTeller(pool, lease);
  return {
    env,
    node: hostname(),
    pool,
    lease,
    teller,
    store: new PostgresStore({ pool, lease, teller, log, homes: env.homes }),
    plans: new PlanCache(env),
    active: new ActiveShards(),
    warm: new WarmModels(),
    playgrounds: new Map(),
    log,
  };
}

/** Everything that runs during a session. */
class Parts {
  readonly #context: WorkerContext;
  readonly #runners: JobRunner[];
  readonly #sampler: HardwareSampler;
  readonly #disk: DiskWatch;
  readonly #hubCache: HubCacheKeeper;
  readonly #ended = new AbortController();
  #listener: Listener | undefined;
  #reaping: NodeJS.Timeout | undefined;

  constructor(context: WorkerContext) {
    this.#context = context;
    const { env, pool, lease, active, log, node } = context;
    const labels = [...env.labels, nodeLabel(node)];
    const shared = {
      context,
      forbiddenFlags: () => forbiddenFlags(pool, labels),
      onEnd: () => this.#ended.abort(),
    };
    this.#runners = [
      new JobRunner({
        ...shared,
        jobs: controlJobs,
        concurrency: controlConcurrency,
        crontab: '17 3 * * * prune\n* * * * * schedule\n*/5 * * * * watch-disks',
      }),
      new JobRunner({ ...shared, jobs: shardJobs, concurrency: env.concurrency }),
      new JobRunner({ ...shared, jobs: playgroundJobs, concurrency: playgroundConcurrency }),
    ];
    this.#disk = new DiskWatch(context);
    this.#hubCache = new HubCacheKeeper(context);
    this.#sampler = new HardwareSampler({
      pool,
      workerId: lease.workerId,
      node,
      home: env.homes[0] ?? '.',
      busy: () => active.size > 0,
      log,
    });
  }

  /** Aborts when the queue has ended by itself. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  async start(): Promise<void> {
    const { pool, lease, log, active } = this.#context;
    lease.lost.addEventListener('abort', () => {
      log.warn({ err: lease.lost.reason }, 'the lease is lost: a new one is taken');
      active.stopAll('lost');
    });
    this.#listener = await listen(pool, (notice) => {
      followNotice(notice, this.#context).catch((thrown: unknown) =>
        log.error({ err: thrown }, 'a request to a run could not be followed'),
      );
    });
    await this.#reap();
    this.#reaping = setInterval(() => {
      this.#reap().catch(() => undefined);
    }, reapEveryMs);
    const pools = await Promise.all(this.#runners.map((runner) => runner.start()));
    await lease.usePools(pools);
    await lookAtSchedules(pool);
    this.#sampler.start();
    this.#disk.start();
    this.#hubCache.start();
  }

  /** Hands back what is in flight, then ends. */
  async stop(): Promise<void> {
    const { active, teller, warm, pool, playgrounds } = this.#context;
    clearInterval(this.#reaping);
    this.#sampler.stop();
    this.#disk.stop();
    this.#hubCache.stop();
    const pools = this.#runners.flatMap(({ poolId }) => poolId ?? []);
    const stopping = this.#runners.map((runner) => runner.stop());
    active.stopAll('shutdown');
    for (const abort of playgrounds.values()) abort.abort();
    await Promise.race([Promise.allSettled(stopping), sleep(stopWithinMs, undefined, { ref: false })]);
    teller.close();
    await this.#listener?.stop().catch(() => undefined);
    await unlockPools(pool, pools).catch(() => undefined);
    await Promise.race([warm.close().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
  }

  async #reap(): Promise<void> {
    await reapJob({}, this.#context).catch((thrown: unknown) => {
      this.#context.log.error({ err: thrown }, 'reaping failed');
    });
  }
}

function about({ bancada, machine }: RunEnvironment): { version: string; machine: Record<string, unknown> } {
  return { version: bancada, machine: { ...machine } };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
