// Job schedule: starts the runs of schedules that are due, each time once, whatever number of workers looks and dies.
import {
  enqueue,
  insertRun,
  libraryOf,
  nextTimes,
  passedTimes,
  raiseNotification,
  runsAtLimit,
  type Schedule,
} from '@bancada/prisma';
import type { PoolClient } from 'pg';
import type { WorkerContext } from '../context.ts';
import { fenced } from '../transaction.ts';

/** A time that is looked at within so many milliseconds is not missed: a worker may be restarting. */
const graceMs = 5 * 60_000;

type Due = Schedule & { readonly now: Date; readonly yaml: string; readonly suite: string };

/** Looks for schedules whose time has come until there is none left; each in one transaction with its run. */
export async function scheduleJob(
  _payload: unknown,
  { env, pool, lease, log }: WorkerContext,
): Promise<void> {
  for (;;) {
    const done = await fenced(pool, lease, async (client) => {
      const due = await nextDue(client);
      if (due !== undefined) await take(client, due, env.runsPerUser);
      return due;
    });
    if (done === undefined) return;
    log.info({ schedule: done.id }, `the schedule "${done.name}" was due`);
  }
}

/** Puts a look at the schedules into the queue: what came due while no worker was there is taken at once. */
export async function lookAtSchedules(client: Parameters<typeof enqueue>[0]): Promise<void> {
  await enqueue(client, 'schedule', {}, { jobKey: 'schedule' });
}

async function nextDue(client: PoolClient): Promise<Due | undefined> {
  const { rows } = await client.query<Due>(
    `select schedule.*, clock_timestamp() as now, suite.name as suite,
       (select yaml from "SuiteVersion" where "suiteId" = suite.id order by version desc limit 1) as yaml
     from "Schedule" schedule join "Suite" suite on suite.id = schedule."suiteId"
     where schedule.enabled and schedule."nextAt" <= clock_timestamp()
     order by schedule."nextAt" limit 1 for update of schedule skip locked`,
  );
  return rows[0];
}

async function take(client: PoolClient, due: Due, limit: number | undefined): Promise<void> {
  const { now, id } = due;
  const passed = due.nextAt === null ? undefined : passedTimes(due, due.nextAt, now);
  const [next] = nextTimes(due, now, 1);
  await client.query('update "Schedule" set "nextAt" = $2, "updatedAt" = now() where id = $1', [
    id,
    next ?? null,
  ]);
  if (passed === undefined) return;
  const { count, latest } = passed;
  const late = now.getTime() - latest.getTime() > graceMs;
  const wanted = !late || due.missedTimes === 'CATCH_UP';
  const owner = due.createdById;
  const active = wanted && owner !== null ? await runsAtLimit(client, owner, limit) : undefined;
  const runs = wanted && active === undefined;
  const { rowCount } = await client.query(
    `insert into "ScheduledTime" ("scheduleId", "dueAt", outcome, missed) values ($1, $2, $3::"ScheduledOutcome", $4)
     on conflict do nothing`,
    [id, latest, runs ? 'RUN' : 'SKIPPED', count - 1],
  );
  if (rowCount === 0) return;
  if (runs) await start(client, due, latest);
  else if (active !== undefined && limit !== undefined) await tellFull(client, due, active, limit);
  if (late || count > 1) await tellMissed(client, due, late ? count : count - 1, runs);
}

async function start(client: PoolClient, due: Due, dueAt: Date): Promise<void> {
  const runId = await insertRun(client, {
    name: due.runName ?? due.name,
    suiteId: due.suiteId,
    config: due.yaml,
    library: await libraryOf(client, due.yaml),
    limit: due.limit ?? undefined,
    total: 0,
    priority: due.priority,
    createdById: due.createdById ?? undefined,
    scheduleId: due.id,
  });
  await client.query('update "ScheduledTime" set "runId" = $3 where "scheduleId" = $1 and "dueAt" = $2', [
    due.id,
    dueAt,
    runId,
  ]);
}

async function tellMissed(client: PoolClient, due: Due, missed: number, runs: boolean): Promise<void> {
  const times = missed === 1 ? '1 time' : `${missed === 1000 ? 'at least 1000' : missed} times`;
  await raiseNotification(client, {
    kind: 'SCHEDULE_MISSED',
    userId: due.createdById ?? undefined,
    subject: due.name,
    parameters: { reason: 'absent', missed, runs },
    detail: `${times} passed while no worker was there; ${runs ? 'the latest is run now' : 'none is run'}`,
  });
}

async function tellFull(client: PoolClient, due: Due, active: number, limit: number): Promise<void> {
  await raiseNotification(client, {
    kind: 'SCHEDULE_MISSED',
    userId: due.createdById ?? undefined,
    subject: due.name,
    parameters: { reason: 'limit', active, limit },
    detail: `not run: you have ${active} runs that wait or run, and ${limit} are allowed at a time (BANCADA_RUNS_PER_USER)`,
  });
}
