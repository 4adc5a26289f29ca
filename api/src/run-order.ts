// In which order workers take the runs: by priority, then by age; changed by hand.
import { appendActivity, notify, type Prisma, type Run } from '@bancada/prisma';
import type { Services } from './context.ts';
import { isId } from './schema/connection.ts';
import { ConflictError, NotFoundError, ValidationError } from './schema/error.ts';
import { mostPriority } from './schema/run-input.ts';
import { activeStatuses } from './schema/run-status.ts';

/** Where a run is moved to. */
export type RunMove = 'FRONT' | 'UP' | 'DOWN' | 'BACK';

/** What the order depends on. */
export interface Placed {
  readonly id: string;
  readonly priority: number;
  readonly createdAt: Date;
}

const reorderLock = 7_208_060;

/** The condition and the order of the queue of runs. */
export const runQueue = {
  where: { status: { in: [...activeStatuses] } },
  orderBy: [{ priority: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
} satisfies Prisma.RunFindManyArgs;

/** Gives a run a priority, and its waiting jobs with it. @throws NotFoundError, ConflictError when it is over, ValidationError. */
export async function setRunPriority({ prisma }: Services, id: string, priority: number): Promise<Run> {
  if (Math.abs(priority) > mostPriority) {
    const message = `priority: from -${mostPriority} to ${mostPriority}`;
    throw new ValidationError([{ path: 'priority', message, value: priority }]);
  }
  return prisma.$transaction(async (transaction) => {
    await activeRun(transaction, id);
    await apply(transaction, new Map([[id, priority]]));
    await appendActivity(transaction, { kind: 'run.status', runId: id });
    return transaction.run.findUniqueOrThrow({ where: { id } });
  });
}

/** Moves a run in the queue by changing as few priorities as that takes. @throws NotFoundError, ConflictError when it is over. */
export async function moveRun({ prisma }: Services, id: string, move: RunMove): Promise<Run> {
  return prisma.$transaction(async (transaction) => {
    // `execute`: the lock's answer is void, which has no type here.
    await transaction.$executeRaw`select pg_advisory_xact_lock(${reorderLock}::bigint)`;
    await activeRun(transaction, id);
    const select = { id: true, priority: true, createdAt: true };
    const runs = await transaction.run.findMany({ ...runQueue, select });
    await apply(transaction, movedPriorities(runs, id, move));
    await appendActivity(transaction, { kind: 'run.status', runId: id });
    return transaction.run.findUniqueOrThrow({ where: { id } });
  });
}

/** The priorities that change so that the run stands where it is moved to; `runs` in their order. */
export function movedPriorities(
  runs: readonly Placed[],
  id: string,
  move: RunMove,
): ReadonlyMap<string, number> {
  const from = runs.findIndex((run) => run.id === id);
  const last = runs.length - 1;
  const to = { FRONT: 0, UP: Math.max(0, from - 1), DOWN: Math.min(last, from + 1), BACK: last }[move];
  const run = runs[from];
  if (run === undefined || to === from) return new Map();
  const order = runs.filter((one) => one !== run).toSpliced(to, 0, run);
  // Up: it goes before the one behind it, and whoever stands before it gives way; down: the other way round.
  const step = to < from ? -1 : 1;
  const changed = new Map<string, number>();
  for (let place = to, anchor = order[to - step]; anchor !== undefined; place += step) {
    const current = order[place];
    if (current === undefined) break;
    const fits = beyond(current, anchor, step);
    if (fits && current !== run) break;
    const level = { ...current, priority: anchor.priority };
    const next = fits
      ? current
      : beyond(level, anchor, step)
        ? level
        : { ...level, priority: level.priority + step };
    if (next.priority !== current.priority) changed.set(next.id, next.priority);
    anchor = next;
  }
  return changed;
}

function beyond(one: Placed, other: Placed, step: number): boolean {
  const order =
    one.priority - other.priority ||
    one.createdAt.getTime() - other.createdAt.getTime() ||
    (one.id < other.id ? -1 : 1);
  return Math.sign(order) === step;
}

async function activeRun(transaction: Prisma.TransactionClient, id: string): Promise<void> {
  const run = isId(id) ? await transaction.run.findUnique({ where: { id }, select: { status: true } }) : null;
  if (run === null) throw new NotFoundError('run', id);
  if (activeStatuses.includes(run.status)) return;
  throw new ConflictError(
    `the run ${id} is ${run.status}: only one that waits or runs has a place in the queue`,
  );
}

async function apply(
  transaction: Prisma.TransactionClient,
  priorities: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [id, priority] of priorities) {
    await transaction.run.update({ where: { id }, data: { priority } });
    await transaction.$executeRaw`
      update graphile_worker._private_jobs set priority = ${priority}::int where payload->>'runId' = ${id}::text`;
  }
  for (const id of priorities.keys()) await notify(transaction, { type: 'intent', runId: id });
}
