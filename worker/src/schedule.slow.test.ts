// Schedules through real worker processes: each time once, whatever number of workers looks at it and dies; missed times as chosen.
import { createTestDatabase, enqueue, nextTimes, type Prisma, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ExampleHome, exampleSuite, makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { startWorker, untilRun, type WorkerProcess } from './fixture/worker-process.ts';

let database: TestDatabase;
let home: ExampleHome;
let suiteId: string;
const minute = 60_000;

beforeAll(async () => {
  database = await createTestDatabase();
  home = makeExampleHome(5);
  const yaml = exampleSuite().replace('answers.jsonl', '../answers.jsonl');
  const suite = await database.prisma.suite.create({
    data: { name: 'example', versions: { create: { version: 1, sha256: '', yaml } } },
  });
  suiteId = suite.id;
});
afterAll(async () => {
  await database.close();
  home[Symbol.dispose]();
});
beforeEach(() =>
  database.pool.query('delete from "Schedule"; delete from "Run"; delete from "Notification"'),
);

/** A schedule whose next time was so many minutes ago, every minute unless told else. */
async function overdue(
  minutes: number,
  more: Partial<Prisma.ScheduleUncheckedCreateInput> = {},
): Promise<string> {
  const nextAt = new Date(Math.floor(Date.now() / minute) * minute - minutes * minute);
  const data = { name: 'nightly', suiteId, cron: '* * * * *', timeZone: 'UTC', nextAt, ...more };
  return (await database.prisma.schedule.create({ data })).id;
}

const patient = { timeout: 30_000 };
const timesOf = (scheduleId: string) =>
  database.prisma.scheduledTime.findMany({ where: { scheduleId }, orderBy: { dueAt: 'asc' } });

describe('a schedule', () => {
  it('is run once by several workers that look at the same moment, with its name, limit and priority', async () => {
    const workers: WorkerProcess[] = [];
    for (let n = 0; n < 2; n += 1) workers.push(await startWorker(database, home.folder));
    const dueAt = new Date(Math.floor(Date.now() / minute) * minute);
    const cron = `${dueAt.getUTCMinutes()} ${dueAt.getUTCHours()} * * *`;
    const more = { limit: 2, priority: -5, runName: 'by night', cron, nextAt: dueAt };
    const id = await overdue(0, more);
    await Promise.all(Array.from({ length: 8 }, () => enqueue(database.pool, 'schedule', {})));
    await expect.poll(async () => (await timesOf(id)).length, patient).toBe(1);
    const runs = await database.prisma.run.findMany({ where: { scheduleId: id } });
    expect(runs).toMatchObject([{ name: 'by night', limit: 2, priority: -5, suiteId }]);
    expect(await timesOf(id)).toMatchObject([{ dueAt, outcome: 'RUN', missed: 0, runId: runs[0]?.id }]);
    const { nextAt } = await database.prisma.schedule.findUniqueOrThrow({ where: { id } });
    expect(nextAt).toEqual(nextTimes({ cron, timeZone: 'UTC' }, dueAt, 1)[0]);
    await untilRun(database, runs[0]?.id ?? '', ({ status }) => status === 'SUCCEEDED');
    expect(await database.prisma.notification.findMany({ where: { kind: 'SCHEDULE_MISSED' } })).toEqual([]);
    for (const worker of workers) await worker.end('SIGKILL');
  });

  it('is run once although workers are killed while they take it', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      ids.push(await overdue(0, { name: `due ${n}`, cron: '0 0 1 1 *', timeZone: 'Pacific/Auckland' }));
    }
    const [past] = nextTimes({ cron: '0 0 1 1 *', timeZone: 'Pacific/Auckland' }, new Date(0), 1);
    await database.pool.query('update "Schedule" set "nextAt" = $1', [past]);
    for (let n = 0; n < 3; n += 1) {
      const worker = await startWorker(database, home.folder);
      await new Promise((resolve) => setTimeout(resolve, 30 * n));
      await worker.end('SIGKILL');
    }
    await using _last = await startWorker(database, home.folder);
    const runsOf = async () =>
      (await database.prisma.run.groupBy({ by: ['scheduleId'], _count: true })).map(({ _count }) => _count);
    await expect.poll(async () => (await runsOf()).length, patient).toBe(ids.length);
    expect(new Set(await runsOf())).toEqual(new Set([1]));
    expect(await database.prisma.scheduledTime.count()).toBe(ids.length);
  });

  it('catches up once after the system was off, and tells so', async () => {
    const id = await overdue(180);
    await using _worker = await startWorker(database, home.folder);
    await expect.poll(() => database.prisma.run.count({ where: { scheduleId: id } }), patient).toBe(1);
    const [time] = await timesOf(id);
    expect(time).toMatchObject({ outcome: 'RUN' });
    expect(time?.missed).toBeGreaterThanOrEqual(180);
    const [told] = await database.prisma.notification.findMany({ where: { kind: 'SCHEDULE_MISSED' } });
    expect(told).toMatchObject({ subject: 'nightly' });
    expect(told?.detail).toMatch(/^1\d\d times passed while no worker was there; the latest is run now/);
  });

  it('counts its runs for its owner, and runs no more of them than allowed', async () => {
    const owner = await database.prisma.user.create({ data: { name: 'ana', passwordHash: '' } });
    const more = { createdById: owner.id, cron: '0 0 1 1 *' };
    const [past] = nextTimes({ cron: '0 0 1 1 *', timeZone: 'UTC' }, new Date(0), 1);
    const ids = [await overdue(0, { ...more, name: 'first' }), await overdue(0, { ...more, name: 'second' })];
    await database.pool.query('update "Schedule" set "nextAt" = $1', [past]);
    // A run that waits for a person: it stays active, whatever the worker does.
    await database.prisma.run.create({
      data: { name: 'held', config: '', createdById: owner.id, status: 'PAUSED', intent: 'PAUSED' },
    });
    await using _worker = await startWorker(database, home.folder, { BANCADA_RUNS_PER_USER: '2' });
    await expect.poll(() => database.prisma.scheduledTime.count(), patient).toBe(2);
    const outcomes = await database.prisma.scheduledTime.findMany({ where: { scheduleId: { in: ids } } });
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['RUN', 'SKIPPED']);
    expect(await database.prisma.run.findMany({ where: { scheduleId: { not: null } } })).toMatchObject([
      { createdById: owner.id },
    ]);
    const told = await database.prisma.notification.findMany({
      where: { kind: 'SCHEDULE_MISSED', userId: owner.id },
    });
    expect(told.map(({ parameters }) => parameters)).toContainEqual({ reason: 'limit', active: 2, limit: 2 });
  });

  it('has no room to catch up: tells both why none is run, and how many passed', async () => {
    const owner = await database.prisma.user.create({ data: { name: 'eva', passwordHash: '' } });
    await database.prisma.run.create({
      data: { name: 'held', config: '', createdById: owner.id, status: 'PAUSED', intent: 'PAUSED' },
    });
    const id = await overdue(180, { createdById: owner.id });
    await using _worker = await startWorker(database, home.folder, { BANCADA_RUNS_PER_USER: '1' });
    await expect.poll(async () => (await timesOf(id))[0]?.outcome, patient).toBe('SKIPPED');
    expect(await database.prisma.run.count({ where: { scheduleId: id } })).toBe(0);
    const told = await database.prisma.notification.findMany({
      where: { kind: 'SCHEDULE_MISSED', userId: owner.id },
    });
    expect(told.map(({ parameters }) => parameters)).toEqual(
      expect.arrayContaining([
        { reason: 'limit', active: 1, limit: 1 },
        { reason: 'absent', missed: expect.any(Number), runs: false },
      ]),
    );
  });

  it('skips what was missed where that was chosen; a disabled one stays as it is', async () => {
    const now = new Date();
    // Half a day from now: the latest time is never just past.
    const daily = { cron: `0 ${(now.getUTCHours() + 12) % 24} * * *`, timeZone: 'UTC' };
    const yesterday = new Date(now.getTime() - 24 * 60 * minute);
    const [nextAt] = nextTimes(daily, new Date(yesterday.getTime() - 24 * 60 * minute), 1);
    const skipping = await overdue(0, { ...daily, nextAt: nextAt ?? null, missedTimes: 'SKIP' });
    const disabled = await overdue(5, { name: 'off', enabled: false });
    await using _worker = await startWorker(database, home.folder);
    await expect.poll(async () => (await timesOf(skipping))[0]?.outcome, patient).toBe('SKIPPED');
    expect(await database.prisma.run.count()).toBe(0);
    expect(await timesOf(disabled)).toEqual([]);
    expect(await database.prisma.notification.findMany()).toMatchObject([
      { kind: 'SCHEDULE_MISSED', detail: expect.stringContaining('none is run') },
    ]);
  });
});

it('tells of a disk that is nearly full once a day', async () => {
  await using _worker = await startWorker(database, home.folder);
  const worker = await database.prisma.worker.findFirstOrThrow({ where: { stoppedAt: null } });
  const disk = (used: number) =>
    database.pool.query(
      `insert into "HardwareSample" ("workerId", at, cpu, "memoryUsedBytes", "memoryTotalBytes", "processRssBytes", "diskUsedBytes", "diskTotalBytes", gpus)
       values ($1, now() + interval '1 hour', 0, 1, 2, 1, $2, 1e11, '[]') on conflict ("workerId", at) do update set "diskUsedBytes" = $2`,
      [worker.id, used],
    );
  await disk(97e9);
  for (let n = 0; n < 2; n += 1) {
    const job = await enqueue(database.pool, 'watch-disks', {});
    await expect
      .poll(
        async () =>
          (await database.pool.query('select 1 from graphile_worker._private_jobs where id = $1', [job]))
            .rowCount,
        patient,
      )
      .toBe(0);
  }
  expect(await database.prisma.notification.findMany({ where: { kind: 'DISK_LOW' } })).toMatchObject([
    { subject: worker.node, detail: '97 % of the disk is used, 3.0 GB are free' },
  ]);
});
