// Shows a run in the terminal while the worker executes it: core's own progress view over the stored events.
import { createProgressView } from '../../core/src/cli/progress-view.ts';
import { resultNotes, resultTable } from '../../core/src/cli/result-table.ts';
import { type createPool, listen, type PrismaClient, replay } from '../../prisma/src/index.ts';
import { readStoredRun } from './stored-run.ts';

const ends = new Set(['run.completed', 'run.failed', 'run.cancelled']);

/** Follows the run to its end, or until the signal; then prints the table. */
export async function followRun(
  prisma: PrismaClient,
  pool: ReturnType<typeof createPool>,
  runId: string,
  signal: AbortSignal,
): Promise<void> {
  const view = createProgressView({ stream: process.stdout, live: process.stdout.isTTY === true });
  let wake: () => void = () => undefined;
  const listener = await listen(pool, () => wake());
  let after = 0;
  try {
    for (let ended = false; !ended && !signal.aborted; ) {
      const noticed = new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 1_000).unref();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      for await (const { sequence, event } of replay(prisma, runId, after)) {
        after = sequence;
        if (event.type !== 'run.status') view.show(event);
        if (ends.has(event.type)) ended = true;
      }
      if (!ended) await noticed;
    }
  } finally {
    view.stop();
    await listener.stop();
  }
  if (signal.aborted) return;
  const { results, warnings, gates } = await readStoredRun(prisma, runId);
  const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  console.log(resultTable(results, colour));
  for (const note of resultNotes(results, warnings, gates)) console.log(note);
}
