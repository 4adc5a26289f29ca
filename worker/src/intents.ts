// Follows what somebody asks of runs: stops the shards of a paused or cancelled one at once, takes up a resumed one.
import { enqueue, type Notice, planKey } from '@bancada/prisma';
import type { WorkerContext } from './context.ts';
import { readRun } from './run-row.ts';
import { settle } from './run-status.ts';
import { fenced } from './transaction.ts';

/** Acts on a notice; others than intents are not for workers. */
export async function followNotice(notice: Notice, context: WorkerContext): Promise<void> {
  if (notice.type === 'playground-left') context.playgrounds.get(notice.playgroundId)?.abort();
  if (notice.type === 'intent') await followIntent(notice.runId, context);
  // What was asked for while nobody listened.
  if (notice.type === 'reconnected') {
    for (const runId of context.active.runIds) await followIntent(runId, context);
  }
}

async function followIntent(runId: string, { pool, lease, active }: WorkerContext): Promise<void> {
  const run = await readRun(pool, runId);
  if (run === undefined || run.intent !== 'RUNNING') active.stopRun(runId);
  if (run === undefined) return;
  await fenced(pool, lease, async (client) => {
    await settle(client, runId);
    if (run.intent === 'RUNNING' && (run.status === 'PAUSED' || run.status === 'RUNNING')) {
      // Shards that were dropped while the run was to stop; those that have a job keep it.
      await enqueue(client, 'plan-run', { runId }, { jobKey: planKey(runId) });
    }
  });
}
