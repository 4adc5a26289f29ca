// Jobs by hand: a failed one is tried again, a waiting one is taken out of the queue.
import type { Prisma } from '@bancada/prisma';
import type { Services } from './context.ts';
import { findJob, type Job } from './job-list.ts';
import { ConflictError, NotFoundError } from './schema/error.ts';
import { activeStatuses } from './schema/run-status.ts';

/** Gives a failed job all its tries again, at once. @throws NotFoundError; ConflictError when it has not failed, or its run is over. */
export async function retryJob({ prisma }: Services, id: string): Promise<Job> {
  return prisma.$transaction(async (transaction) => {
    const job = await jobOf(transaction, id);
    if (job.state !== 'FAILED')
      throw new ConflictError(`the job ${id} is ${job.state}; only a failed one can be tried again`);
    if (job.runId !== undefined) await requireActive(transaction, job.runId);
    await transaction.$queryRaw`
      select id::text from graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`;
    return jobOf(transaction, id);
  });
}

/** Takes a job out of the queue; gives its id. @throws NotFoundError; ConflictError when it is running, or belongs to a run. */
export async function cancelJob({ prisma }: Services, id: string): Promise<string> {
  return prisma.$transaction(async (transaction) => {
    const job = await jobOf(transaction, id);
    if (job.state === 'RUNNING')
      throw new ConflictError(`the job ${id} is running; only one that waits can be cancelled`);
    if (job.runId !== undefined) {
      throw new ConflictError(
        `the job ${id} belongs to the run ${job.runId}: cancel the run, or it is put back`,
      );
    }
    await transaction.$executeRaw`
      update "WebhookDelivery" set status = 'FAILED', error = 'cancelled', "finishedAt" = now() where status = 'PENDING'
        and id::text = (select payload->>'deliveryId' from graphile_worker._private_jobs where id = ${id}::bigint)`;
    await transaction.$queryRaw`select id::text from graphile_worker.complete_jobs(array[${id}::bigint])`;
    return id;
  });
}

async function jobOf(transaction: Prisma.TransactionClient, id: string): Promise<Job> {
  const job = /^\d{1,18}$/.test(id) ? await findJob(transaction, id) : undefined;
  if (job === undefined) throw new NotFoundError('job', id);
  return job;
}

async function requireActive(transaction: Prisma.TransactionClient, runId: string): Promise<void> {
  const run = await transaction.run.findUnique({ where: { id: runId }, select: { status: true } });
  if (run !== null && activeStatuses.includes(run.status)) return;
  throw new ConflictError(
    `the run ${runId} of this job is ${run?.status ?? 'deleted'}: try the failed samples of the run again instead (retryFailedSamples)`,
  );
}
