// Keeps the caches of the Hugging Face Hub in the home within their bound, and tells how much they hold.
import path from 'node:path';
import { pruneHubCache, sizeOfHubCache } from '@bancada/core';
import type { WorkerContext } from './context.ts';

const everyMs = 60 * 60_000;
const unusedMs = 30 * 24 * 60 * 60_000;

/** Looks at them when the worker starts, and once an hour. */
export class HubCacheKeeper {
  readonly #context: WorkerContext;
  readonly #folders: readonly string[];
  #timer: NodeJS.Timeout | undefined;

  constructor(context: WorkerContext) {
    this.#context = context;
    const home = context.env.homes[0] ?? '.';
    this.#folders = [path.join(home, 'hub'), path.join(home, 'cache', 'hub')];
  }

  /** Begins to look. */
  start(): void {
    const look = () => {
      this.look().catch((thrown: unknown) =>
        this.#context.log.warn({ err: thrown }, 'the cache of the hub could not be looked at'),
      );
    };
    look();
    this.#timer = setInterval(look, everyMs);
  }

  /** Ends looking. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks once. */
  async look(): Promise<void> {
    const { env, pool, lease, log } = this.#context;
    let left = 0;
    for (const folder of this.#folders) {
      const mostBytes = Math.max(0, env.hubCacheBytes - left);
      const { files, bytes } = await pruneHubCache(folder, { mostBytes, unusedMs });
      if (files > 0) log.info({ deleted: files, bytes, folder }, 'pruned the cache of the hub');
      left += (await sizeOfHubCache(folder)).bytes;
    }
    await pool.query('update "Worker" set "hubCacheBytes" = $2 where id = $1', [lease.workerId, left]);
  }
}
