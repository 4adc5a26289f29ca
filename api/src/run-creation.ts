// A new run: its row, its first event and its first job, in one transaction.
import { appendActivity, appendEvents, enqueue, Prisma, type Run } from '@bancada/prisma';
import type { Services } from './context.ts';
import { planKey } from './run-intent.ts';
import { ConflictError } from './schema/error.ts';
import type { CheckedRun } from './schema/run-input.ts';

/**
 * Keeps the run, with the user who asked for it, and enqueues `plan-run`. With a key that was used before, gives the run that was made then.
 * @throws ConflictError when the key belongs to a run of another suite.
 */
export async function createRun(
  { prisma }: Services,
  { name, suiteId, config, limit, plan, library }: CheckedRun,
  idempotencyKey: string | undefined,
  createdById?: string | undefined,
): Promise<Run> {
  const same = await runOfKey();
  if (same) return same;
  try {
    return await prisma.$transaction(async (transaction) => {
      const total = plan.evaluations.reduce((sum, { record }) => sum + (record.planned ?? 0), 0);
      const run = await transaction.run.create({
        data: {
          name,
          suiteId: suiteId ?? null,
          config,
          ...(library === undefined ? {} : { library: library as unknown as Prisma.InputJsonValue }),
          limit: limit ?? null,
          total,
          idempotencyKey: idempotencyKey ?? null,
          createdById: createdById ?? null,
        },
      });
      await enqueue(transaction, 'plan-run', { runId: run.id }, { jobKey: planKey(run.id) });
      const progress = { done: 0, total, failed: 0, rate: 0, etaSeconds: undefined };
      await appendEvents(transaction, run.id, [{ type: 'run.status', status: 'QUEUED', progress }]);
      await appendActivity(transaction, { kind: 'run.created', runId: run.id });
      return run;
    });
  } catch (thrown) {
    // Two requests with one key at the same moment: the other one won.
    const raced = thrown instanceof Prisma.PrismaClientKnownRequestError && thrown.code === 'P2002';
    const winner = raced ? await runOfKey() : undefined;
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
