// Streams have no gap and no repeat, and listeners hear of them with the commit, also after a broken connection.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { appendActivity, replayActivity } from './activity.ts';
import { appendEvents, replay, type StreamEvent } from './events.ts';
import { createRun } from './fixture/example-rows.ts';
import { type Listener, listen } from './listen.ts';
import { type Notice, notify } from './notice.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let listener: Listener | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await listener?.stop();
  listener = undefined;
});
afterAll(() => database.close());

const log = (message: string): StreamEvent => ({ type: 'log.written', level: 'info', message });

async function hear(): Promise<Notice[]> {
  const heard: Notice[] = [];
  listener = await listen(database.pool, (notice) => heard.push(notice));
  return heard;
}

async function messages(runId: string, after?: number): Promise<[number, unknown][]> {
  const events = await Array.fromAsync(replay(database.prisma, runId, after));
  return events.map(({ sequence, event }) => [sequence, 'message' in event ? event.message : event.type]);
}

it('numbers the events of a run from 1, and replays what came after a sequence', async () => {
  const { runId } = await createRun(database.prisma);
  expect(await appendEvents(database.prisma, runId, [log('a'), log('b')])).toEqual([1, 2]);
  expect(await appendEvents(database.pool, runId, [log('c')])).toEqual([3]);
  expect(await appendEvents(database.pool, runId, [])).toEqual([]);
  expect(await messages(runId)).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
  expect(await messages(runId, 2)).toEqual([[3, 'c']]);
});

it('refuses events of a run that is not there', async () => {
  const nobody = '00000000-0000-7000-8000-000000000000';
  await expect(appendEvents(database.pool, nobody, [log('a')])).rejects.toThrow(`there is no run ${nobody}`);
});

it('tells listeners with the commit, and nothing when the transaction fails', async () => {
  const { runId } = await createRun(database.prisma);
  const heard = await hear();
  await database.prisma
    .$transaction(async (transaction) => {
      await appendEvents(transaction, runId, [log('lost')]);
      throw new Error('no');
    })
    .catch(() => {});
  await database.prisma.$transaction(async (transaction) => {
    await appendEvents(transaction, runId, [log('a'), log('b')]);
    await sleep(50);
    expect(heard).toEqual([]);
  });
  await vi.waitFor(() => expect(heard).toEqual([{ type: 'run', runId, sequence: 2 }]));
  expect(await messages(runId)).toEqual([
    [1, 'a'],
    [2, 'b'],
  ]);
});

it('leaves no gap and no repeat when many append at once', async () => {
  const { runId } = await createRun(database.prisma);
  const heard = await hear();
  const given = await Promise.all(
    Array.from({ length: 40 }, (_, index) => appendEvents(database.pool, runId, [log(`${index}`), log('x')])),
  );
  const numbers = Array.from({ length: 80 }, (_, index) => index + 1);
  expect(given.flat().toSorted((a, b) => a - b)).toEqual(numbers);
  expect((await messages(runId)).map(([sequence]) => sequence)).toEqual(numbers);
  await vi.waitFor(() => expect(heard).toHaveLength(40));
  const sequences = heard.map((notice) => ('sequence' in notice ? notice.sequence : 0));
  expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
});

it('replays a long stream page by page', async () => {
  const { runId } = await createRun(database.prisma);
  await appendEvents(
    database.pool,
    runId,
    Array.from({ length: 1200 }, (_, index) => log(`${index}`)),
  );
  const replayed = await messages(runId, 100);
  expect([replayed.length, replayed[0]?.[0], replayed.at(-1)?.[0]]).toEqual([1100, 101, 1200]);
});

it('carries activity, hardware and intent', async () => {
  const heard = await hear();
  const { runId } = await createRun(database.prisma);
  const sequence = await appendActivity(database.prisma, { kind: 'run.created', runId });
  await notify(database.pool, { type: 'hardware', workerId: runId });
  await notify(database.prisma, { type: 'intent', runId });
  await database.pool.query(`notify bancada_events, 'not ours'`);
  await vi.waitFor(() =>
    expect(heard).toEqual([
      { type: 'activity', sequence },
      { type: 'hardware', workerId: runId },
      { type: 'intent', runId },
    ]),
  );
  expect(await replayActivity(database.prisma, sequence - 1)).toEqual([
    { sequence, at: expect.any(Date), kind: 'run.created', runId, workerId: undefined },
  ]);
});

it('connects again after its connection broke, and says so', async () => {
  const heard = await hear();
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`,
  );
  await vi.waitFor(() => expect(heard).toEqual([{ type: 'reconnected' }]), 5000);
  const { runId } = await createRun(database.prisma);
  await appendEvents(database.pool, runId, [log('a')]);
  await vi.waitFor(() => expect(heard.at(-1)).toEqual({ type: 'run', runId, sequence: 1 }));
});

it('is silent once stopped', async () => {
  const heard = await hear();
  await listener?.stop();
  await notify(database.pool, { type: 'intent', runId: 'x' });
  await sleep(50);
  expect(heard).toEqual([]);
});
