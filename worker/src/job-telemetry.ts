// How long jobs waited and took, for the metrics.
import { TelemetryBatch } from '@bancada/prisma';
import type { Job } from 'graphile-worker';
import type { WorkerContext } from './context.ts';

/** Executes a job and counts it; a count that cannot be written is left out. @throws what the job throws. */
export async function timed(
  { pool, log }: Pick<WorkerContext, 'pool' | 'log'>,
  queue: string,
  { run_at, locked_at }: Pick<Job, 'run_at' | 'locked_at'>,
  work: () => Promise<void>,
): Promise<void> {
  const started = performance.now();
  let outcome = 'failed';
  try {
    await work();
    outcome = 'ok';
  } finally {
    const batch = new TelemetryBatch();
    // Both are the database's times.
    const waited = (locked_at?.getTime() ?? run_at.getTime()) - run_at.getTime();
    batch.observe('bancada_job_wait_seconds', [queue], Math.max(0, waited) / 1000);
    batch.observe('bancada_job_duration_seconds', [queue, outcome], (performance.now() - started) / 1000);
    await batch
      .write(pool)
      .catch((thrown: unknown) => log.debug({ err: thrown }, 'the time of a job could not be counted'));
  }
}
