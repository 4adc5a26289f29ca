// Takes jobs out of the queue: graphile-worker, under a pool id that the reaper knows.

import { EventEmitter } from 'node:events';
import type { JobPayloads } from '@bancada/prisma';
import {
  type JobHelpers,
  type LogFunctionFactory,
  Logger as QueueLogger,
  type Runner,
  run,
  type TaskList,
} from 'graphile-worker';
import type { WorkerContext } from './context.ts';
import { timed } from './job-telemetry.ts';

const pollMs = 1_000;

/** What a runner executes, and how much of it at once. */
export interface RunnerOptions {
  readonly context: WorkerContext;
  readonly jobs: {
    readonly [Name in keyof JobPayloads]?: (
      payload: never,
      context: WorkerContext,
      jobId: string,
    ) => Promise<void>;
  };
  readonly concurrency: number;
  /** Flags of jobs that are for other workers. */
  readonly forbiddenFlags: () => Promise<string[]>;
  readonly crontab?: string;
  /** Called when it ends without having been told to. */
  readonly onEnd: () => void;
}

/** One pool of graphile-worker. */
export class JobRunner {
  readonly #options: RunnerOptions;
  #runner: Runner | undefined;
  #poolId: string | undefined;
  #lastFlags: string[] = [];
  #stopping = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** The name under which jobs are locked; undefined until it has started. */
  get poolId(): string | undefined {
    return this.#poolId;
  }

  /** Begins to take jobs. @returns the pool id. */
  async start(): Promise<string> {
    const { context, jobs, concurrency, crontab, onEnd } = this.#options;
    const events = new EventEmitter();
    events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
      this.#poolId = workerPool.id;
    });
    const taskList: TaskList = Object.fromEntries(
      Object.entries(jobs).map(([name, handle]) => [
        name,
        (payload: unknown, { job }: JobHelpers) =>
          timed(context, name, job, () => handle(payload as never, context, job.id)),
      ]),
    );
    this.#runner = await run({
      pgPool: context.pool,
      taskList,
      concurrency,
      pollInterval: pollMs,
      noHandleSignals: true,
      forbiddenFlags: () => this.#flags(),
      events,
      logger: new QueueLogger(queueLog(context)),
      ...(crontab === undefined ? { parsedCronItems: [] } : { crontab }),
    });
    const ended = () => this.#stopping || onEnd();
    this.#runner.promise.then(ended, ended);
    if (this.#poolId === undefined) throw new Error('the queue did not tell the id of its pool');
    return this.#poolId;
  }

  /** Takes no more jobs; resolves when those under way have ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#runner?.stop().catch(() => undefined);
  }

  // What this throws would end the queue; while the database is away there are no jobs to refuse.
  async #flags(): Promise<string[]> {
    try {
      this.#lastFlags = await this.#options.forbiddenFlags();
    } catch (thrown) {
      this.#options.context.log.debug({ err: thrown }, 'the flags of waiting jobs could not be read');
    }
    return this.#lastFlags;
  }
}

// The queue's own lines are for those who look for faults in it.
function queueLog({ log }: WorkerContext): LogFunctionFactory {
  return () => (level, message) => {
    if (level === 'error') log.error(message);
    else log.debug(message);
  };
}
