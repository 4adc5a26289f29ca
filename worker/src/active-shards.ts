// The evaluations that this worker is executing now, each with what stops it.

/** Why a shard stops before its end: somebody paused or cancelled the run, the worker ends, or it was declared dead. */
export type StopReason = 'intent' | 'shutdown' | 'lost';

/** One shard under way. */
export interface ActiveShard {
  readonly runId: string;
  readonly signal: AbortSignal;
  /** Undefined while it goes on. */
  readonly stopped: StopReason | undefined;
}

class Shard implements ActiveShard {
  readonly runId: string;
  readonly #controller = new AbortController();
  stopped: StopReason | undefined;

  constructor(runId: string) {
    this.runId = runId;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(reason: StopReason): void {
    this.stopped ??= reason;
    this.#controller.abort();
  }
}

/** Holds the shards of one worker. */
export class ActiveShards {
  readonly #shards = new Set<Shard>();
  #stopped: StopReason | undefined;

  /** How many are under way. */
  get size(): number {
    return this.#shards.size;
  }

  /** Runs that have shards here. */
  get runIds(): ReadonlySet<string> {
    return new Set([...this.#shards].map(({ runId }) => runId));
  }

  /** Does the work of a shard; it can be stopped from here on. */
  async hold<Result>(runId: string, work: (shard: ActiveShard) => Promise<Result>): Promise<Result> {
    const shard = new Shard(runId);
    this.#shards.add(shard);
    if (this.#stopped !== undefined) shard.stop(this.#stopped);
    try {
      return await work(shard);
    } finally {
      this.#shards.delete(shard);
    }
  }

  /** Stops the shards of a run. */
  stopRun(runId: string): void {
    for (const shard of this.#shards) if (shard.runId === runId) shard.stop('intent');
  }

  /** Stops all shards, and those that are still to come. */
  stopAll(reason: StopReason): void {
    this.#stopped ??= reason;
    for (const shard of this.#shards) shard.stop(reason);
  }
}
