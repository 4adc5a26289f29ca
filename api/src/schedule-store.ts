// Schedules as people make them: checked, kept with their next time, changed and deleted.
import { BancadaError } from '@bancada/core';
import {
  appendActivity,
  checkTimes,
  type MissedTimes,
  nextTimes,
  Prisma,
  type Schedule,
} from '@bancada/prisma';
import type { Context } from './context.ts';
import { isId } from './schema/connection.ts';
import { ConflictError, NotFoundError, ValidationError, type ValidationIssue } from './schema/error.ts';
import { mostPriority } from './schema/run-input.ts';

/** What a schedule is made of; undefined leaves a value as it is, or at its default. */
export interface ScheduleRequest {
  readonly name?: string | null | undefined;
  readonly suiteId?: string | null | undefined;
  readonly cron?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
  readonly missedTimes?: MissedTimes | null | undefined;
  readonly runName?: string | null | undefined;
  readonly limit?: number | null | undefined;
  readonly priority?: number | null | undefined;
}

interface CheckedSchedule {
  readonly name: string;
  readonly suiteId: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly missedTimes: MissedTimes;
  readonly runName: string | null;
  readonly limit: number | null;
  readonly priority: number;
}

const blank: CheckedSchedule = {
  name: '',
  suiteId: '',
  cron: '',
  timeZone: 'UTC',
  enabled: true,
  missedTimes: 'CATCH_UP',
  runName: null,
  limit: null,
  priority: 0,
};

/**
 * Keeps a schedule. With a key that was used before, gives the one that was made then.
 * @throws ValidationError; NotFoundError of the suite; ConflictError when the name is taken.
 */
export async function createSchedule(
  context: Context,
  request: ScheduleRequest,
  idempotencyKey: string | undefined,
): Promise<Schedule> {
  const { prisma, viewer } = context;
  const same = idempotencyKey && (await prisma.schedule.findUnique({ where: { idempotencyKey } }));
  if (same) return same;
  const checked = await check(context, merged(blank, request));
  const data = {
    ...checked,
    nextAt: nextOf(checked),
    createdById: viewer.id ?? null,
    idempotencyKey: idempotencyKey ?? null,
  };
  return keep(context, checked.name, (transaction) => transaction.schedule.create({ data }));
}

/** Changes what is given. @throws as {@link createSchedule}; NotFoundError. */
export async function updateSchedule(
  context: Context,
  id: string,
  request: ScheduleRequest,
): Promise<Schedule> {
  const before = isId(id) ? await context.prisma.schedule.findUnique({ where: { id } }) : null;
  if (before === null) throw new NotFoundError('schedule', id);
  const checked = await check(context, merged(before, request));
  // Times that are due already are the workers' to take; only a change of the clockwork or of being on makes new ones.
  const same =
    checked.cron === before.cron &&
    checked.timeZone === before.timeZone &&
    checked.enabled === before.enabled;
  const data = { ...checked, nextAt: same ? before.nextAt : nextOf(checked) };
  return keep(context, checked.name, (transaction) => transaction.schedule.update({ where: { id }, data }));
}

/** Deletes a schedule; its runs stay. Gives the id. @throws NotFoundError. */
export async function deleteSchedule({ prisma }: Context, id: string): Promise<string> {
  const { count } = isId(id) ? await prisma.schedule.deleteMany({ where: { id } }) : { count: 0 };
  if (count === 0) throw new NotFoundError('schedule', id);
  await appendActivity(prisma, { kind: 'schedule.changed' });
  return id;
}

/** The next times of an expression. @throws ValidationError. */
export function previewTimes(cron: string, timeZone: string, count: number): Date[] {
  const issue = timesIssue({ cron, timeZone });
  if (issue) throw new ValidationError([issue]);
  return nextTimes({ cron, timeZone }, new Date(), count);
}

function merged(before: CheckedSchedule, request: ScheduleRequest): CheckedSchedule {
  return {
    name: request.name?.trim() ?? before.name,
    suiteId: request.suiteId ?? before.suiteId,
    cron: request.cron?.trim() ?? before.cron,
    timeZone: request.timeZone?.trim() ?? before.timeZone,
    enabled: request.enabled ?? before.enabled,
    missedTimes: request.missedTimes ?? before.missedTimes,
    runName: request.runName === undefined ? before.runName : request.runName?.trim() || null,
    limit: request.limit === undefined ? before.limit : request.limit,
    priority: request.priority ?? before.priority,
  };
}

async function check({ prisma }: Context, schedule: CheckedSchedule): Promise<CheckedSchedule> {
  const { name, limit, priority, suiteId } = schedule;
  const issues = [
    name === '' || name.length > 200 ? issue('name', name, 'name: 1 to 200 characters') : [],
    limit !== null && limit < 1 ? issue('limit', limit, 'limit: at least 1, or null for every item') : [],
    Math.abs(priority) > mostPriority
      ? issue('priority', priority, `priority: from -${mostPriority} to ${mostPriority}`)
      : [],
    timesIssue(schedule) ?? [],
  ].flat();
  if (issues.length > 0) throw new ValidationError(issues);
  const there = isId(suiteId) && (await prisma.suite.count({ where: { id: suiteId } })) > 0;
  if (!there) throw new NotFoundError('suite', suiteId);
  return schedule;
}

function issue(path: string, value: unknown, message: string): ValidationIssue {
  return { path, value, message };
}

function timesIssue(times: {
  readonly cron: string;
  readonly timeZone: string;
}): ValidationIssue | undefined {
  try {
    checkTimes(times);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    return issue(thrown.detail.key ?? '', thrown.detail.value ?? null, thrown.message);
  }
}

function nextOf(schedule: CheckedSchedule): Date | null {
  return schedule.enabled ? (nextTimes(schedule, new Date(), 1)[0] ?? null) : null;
}

async function keep(
  { prisma }: Context,
  name: string,
  write: (transaction: Prisma.TransactionClient) => Promise<Schedule>,
): Promise<Schedule> {
  try {
    return await prisma.$transaction(async (transaction) => {
      const schedule = await write(transaction);
      await appendActivity(transaction, { kind: 'schedule.changed' });
      return schedule;
    });
  } catch (thrown) {
    if (thrown instanceof Prisma.PrismaClientKnownRequestError && thrown.code === 'P2002') {
      throw new ConflictError(`there is a schedule "${name}" already; choose another name`);
    }
    throw thrown;
  }
}
