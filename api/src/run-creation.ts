// A new run of somebody who may have one more, once for each idempotency key.
import { insertRun, type Run } from '@bancada/prisma';
import type { Services } from './context.ts';
import { requireRoom } from './run-limit.ts';
import { ConflictError } from './schema/error.ts';
import type { CheckedRun } from './schema/run-input.ts';

/**
 * Keeps the run, with the user who asked for it, and enqueues `plan-run`. With a key that was used before, gives the run that was made then.
 * @throws ConflictError when the key belongs to a run of another suite, or when that user has as many runs as allowed.
 */
export async function createRun(
  { prisma, runsPerUser }: Services,
  { name, suiteId, config, limit, priority, plan, library }: CheckedRun,
  idempotencyKey: string | undefined,
  createdById?: string | undefined,
): Promise<Run> {
  const same = await runOfKey();
  if (same) return same;
  try {
    return await prisma.$transaction(async (transaction) => {
      if (createdById !== undefined) await requireRoom(transaction, createdById, runsPerUser);
      const total = plan.evaluations.reduce((sum, { record }) => sum + (record.planned ?? 0), 0);
      const run = { name, suiteId, config, library, limit, total, priority, idempotencyKey, createdById };
      return transaction.run.findUniqueOrThrow({ where: { id: await insertRun(transaction, run) } });
    });
  } catch (thrown) {
    // Two requests with one key at the same moment: the other one won.
    const winner = await runOfKey();
    if (winner) return winner;
    throw thrown;
  }

  async function runOfKey(): Promise<Run | undefined> {
    if (idempotencyKey === undefined) return undefined;
    const run = await prisma.run.findUnique({ where: { idempotencyKey } });
    if (run && run.config !== config) {
      throw new ConflictError(`the key "${idempotencyKey}" belongs to another run, ${run.id}`);
    }
    return run ?? undefined;
  }
}
