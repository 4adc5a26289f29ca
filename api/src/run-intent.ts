// What a person wants of a run: written down and told, for workers to follow.
import {
  appendActivity,
  appendEvents,
  countRunEnd,
  enqueue,
  notify,
  Prisma,
  planKey,
  type Run,
  type RunStatus,
} from '@bancada/prisma';
import type { Services } from './context.ts';
import { isId } from './schema/connection.ts';
import { ConflictError, NotFoundError } from './schema/error.ts';
import { activeStatuses } from './schema/run-status.ts';

/** @throws NotFoundError; ConflictError when the run is over. */
export function pauseRun(services: Services, id: string): Promise<Run> {
  return change(services, id, async (transaction, run) => {
    if (!isActive(run)) throw conflict(run, 'paused', 'queued or running');
    return stop(transaction, run, 'PAUSED');
  });
}

/** @throws NotFoundError; ConflictError when the run is over. */
export function resumeRun(services: Services, id: string): Promise<Run> {
  return change(services, id, async (transaction, run) => {
    if (!isActive(run)) throw conflict(run, 'resumed', 'paused');
    if (run.status === 'PAUSED') {
      await enqueue(transaction, 'plan-run', { runId: id }, { jobKey: planKey(id) });
    }
    const data = {
      intent: 'RUNNING',
      pauseReason: null,
      pauseParameters: Prisma.DbNull,
      pausedByNode: null,
    } as const;
    return transaction.run.update({ where: { id }, data });
  });
}

/** @throws NotFoundError; ConflictError when the run ended by itself. */
export function cancelRun(services: Services, id: string): Promise<Run> {
  return change(services, id, async (transaction, run) => {
    if (run.status === 'CANCELLED') return run;
    if (!isActive(run)) throw conflict(run, 'cancelled', 'queued, running or paused');
    return stop(transaction, run, 'CANCELLED');
  });
}

/** @throws NotFoundError; ConflictError when the run is active, or nothing of it failed. */
export function retryFailedSamples(services: Services, id: string): Promise<Run> {
  return change(services, id, async (transaction, run) => {
    if (isActive(run)) throw conflict(run, 'retried', 'over');
    if (run.samplesPrunedAt !== null) {
      throw new ConflictError(`samples of the run ${id} were pruned: start it anew instead`);
    }
    const failed = await transaction.evaluation.count({
      where: { runId: id, OR: [{ status: { not: 'SUCCEEDED' } }, { failed: { gt: 0 } }] },
    });
    if (failed === 0 && run.status !== 'FAILED') {
      throw new ConflictError(`nothing of the run ${id} failed: there is nothing to try again`);
    }
    await enqueue(transaction, 'plan-run', { runId: id, retryFailed: true }, { jobKey: planKey(id) });
    return withStatus(transaction, run, 'RUNNING', 'QUEUED');
  });
}

/** Gives the id. @throws NotFoundError; ConflictError when workers are still at it: it is cancelled then. */
export async function deleteRun(services: Services, id: string): Promise<string> {
  const run = await change(services, id, async (transaction, found) => {
    if (isActive(found)) return stop(transaction, found, 'CANCELLED');
    await transaction.run.delete({ where: { id } });
    await appendActivity(transaction, { kind: 'run.deleted', runId: id });
    return undefined;
  });
  if (run === undefined) return id;
  if (!isActive(run)) return deleteRun(services, id);
  throw new ConflictError(`the run ${id} is ${run.status}: it is being cancelled, delete it once it is`);
}

async function change<Result>(
  { prisma }: Services,
  id: string,
  act: (transaction: Prisma.TransactionClient, run: Run) => Promise<Result>,
): Promise<Result> {
  if (!isId(id)) throw new NotFoundError('run', id);
  return prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`select 1 from "Run" where id = ${id}::uuid for update`;
    const run = await transaction.run.findUnique({ where: { id } });
    if (run === null) throw new NotFoundError('run', id);
    const result = await act(transaction, run);
    await notify(transaction, { type: 'intent', runId: id });
    return result;
  });
}

// A run that no worker has begun has nothing to wait for.
async function stop(
  transaction: Prisma.TransactionClient,
  run: Run,
  intent: 'PAUSED' | 'CANCELLED',
): Promise<Run> {
  const begun = await transaction.evaluation.count({ where: { runId: run.id, status: 'RUNNING' } });
  if (begun > 0 || run.status === intent) {
    return transaction.run.update({ where: { id: run.id }, data: { intent } });
  }
  return withStatus(transaction, run, intent, intent);
}

async function withStatus(
  transaction: Prisma.TransactionClient,
  run: Run,
  intent: RunStatus,
  status: RunStatus,
): Promise<Run> {
  const { id, done, total, failed } = run;
  const finishedAt = status === 'CANCELLED' ? new Date() : null;
  await transaction.run.update({ where: { id }, data: { intent, status, finishedAt, rate: 0 } });
  const progress = { done, total, failed, rate: 0, etaSeconds: undefined };
  if (status === 'CANCELLED') await countRunEnd(transaction, status);
  await appendEvents(transaction, id, [{ type: 'run.status', status, progress }]);
  await appendActivity(transaction, { kind: 'run.status', runId: id });
  return transaction.run.findUniqueOrThrow({ where: { id } });
}

function isActive({ status }: Run): boolean {
  return activeStatuses.includes(status);
}

function conflict({ id, status }: Run, done: string, wanted: string): ConflictError {
  return new ConflictError(`the run ${id} is ${status}; only one that is ${wanted} can be ${done}`);
}
