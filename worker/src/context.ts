// What every job works with.
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { ActiveShards } from './active-shards.ts';
import type { Environment } from './env.ts';
import type { Lease } from './lease.ts';
import type { PlanCache } from './plan-cache.ts';
import type { ProgressTeller } from './progress-teller.ts';
import type { PostgresStore } from './store.ts';
import type { WarmModels } from './warm-models.ts';

/** One worker, as long as its lease holds. */
export interface WorkerContext {
  readonly env: Environment;
  /** Name of the machine. */
  readonly node: string;
  readonly pool: Pool;
  readonly lease: Lease;
  readonly store: PostgresStore;
  readonly teller: ProgressTeller;
  readonly plans: PlanCache;
  readonly active: ActiveShards;
  readonly warm: WarmModels;
  /** How to stop the playgrounds that are being answered, by id. */
  readonly playgrounds: Map<string, AbortController>;
  readonly log: Logger;
}
