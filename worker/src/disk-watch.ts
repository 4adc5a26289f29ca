// Pauses the runs of a worker before its disk is full, and resumes them once there is room again.
import { appendEvents, enqueue, notify, type PauseReason, planKey } from '@bancada/prisma';
import type { PoolClient } from 'pg';
import type { WorkerContext } from './context.ts';
import { readDisk } from './hardware/disk.ts';
import { fenced } from './transaction.ts';

const lookEveryMs = 5_000;
// What comes free a little at a time must not start and stop runs by turns.
const resumeFactor = 1.5;
const mebibyte = 1024 ** 2;

/** Looks at the disk of the home every few seconds. */
export class DiskWatch {
  readonly #context: WorkerContext;
  readonly #home: string;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(context: WorkerContext) {
    this.#context = context;
    this.#home = context.env.homes[0] ?? '.';
  }

  /** Begins to look. */
  start(): void {
    this.#timer = setInterval(() => {
      this.look().catch((thrown: unknown) =>
        this.#context.log.warn({ err: thrown }, 'runs could not be paused or resumed for the disk'),
      );
    }, lookEveryMs);
  }

  /** Ends looking. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks once: pauses with too little room, resumes with enough. */
  async look(): Promise<void> {
    const { diskReserveBytes: reserve } = this.#context.env;
    if (this.#looking || reserve === 0) return;
    this.#looking = true;
    try {
      const disk = await readDisk(this.#home);
      if (disk === undefined) return;
      const free = disk.total - disk.used;
      if (free < reserve) await this.#pause(free);
      else if (free >= reserve * resumeFactor) await this.#resume();
    } finally {
      this.#looking = false;
    }
  }

  async #pause(free: number): Promise<void> {
    const { pool, lease, node, env, active, log } = this.#context;
    const runIds = [...active.runIds];
    if (runIds.length === 0) return;
    const [have, need] = [free, env.diskReserveBytes].map((bytes) => Math.round(bytes / mebibyte));
    const reason = `the disk of ${node} is nearly full: ${have} MiB free of the ${need} that stay free (${this.#home}); the run goes on by itself once there is room`;
    const parameters: PauseReason = {
      code: 'DISK_FULL',
      node,
      folder: this.#home,
      freeBytes: free,
      reserveBytes: env.diskReserveBytes,
    };
    const paused = await fenced(pool, lease, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `update "Run" set intent = 'PAUSED', "pauseReason" = $2, "pausedByNode" = $3, "pauseParameters" = $4
         where id = any ($1::uuid[]) and intent = 'RUNNING' and status in ('QUEUED', 'RUNNING') returning id`,
        [runIds, reason, node, JSON.stringify(parameters)],
      );
      for (const { id } of rows) await tell(client, id, 'error', reason);
      return rows;
    });
    for (const { id } of paused) log.error({ runId: id }, reason);
  }

  async #resume(): Promise<void> {
    const { pool, lease, node, log } = this.#context;
    const resumed = await fenced(pool, lease, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `update "Run" set intent = 'RUNNING', "pauseReason" = null, "pauseParameters" = null, "pausedByNode" = null
         where "pausedByNode" = $1 and intent = 'PAUSED' and status = 'PAUSED' returning id`,
        [node],
      );
      for (const { id } of rows) {
        await enqueue(client, 'plan-run', { runId: id }, { jobKey: planKey(id) });
        await tell(client, id, 'info', `there is room on the disk of ${node} again: the run goes on`);
      }
      return rows;
    });
    for (const { id } of resumed) log.info({ runId: id }, 'the disk has room again: the run goes on');
  }
}

async function tell(
  client: PoolClient,
  runId: string,
  level: 'info' | 'error',
  message: string,
): Promise<void> {
  await appendEvents(client, runId, [{ type: 'log.written', level, message }]);
  await notify(client, { type: 'intent', runId });
}
