// Schedules over HTTP: made, refused with every fault, changed, switched off and on, deleted.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

let api: TestApi;
let suiteId: string;
beforeAll(async () => {
  api = await startTestApi();
  const versions = { create: { version: 1, sha256: '', yaml: 'name: nightly\nmodels: [a]\ntasks: [b]\n' } };
  suiteId = (await api.database.prisma.suite.create({ data: { name: 'nightly', versions } })).id;
});
afterAll(() => api.close());

const result = `__typename ... on ValidationError { issues { path message value } } ... on Error { message }
  ... on MutationScheduleSuccess { data { id name cron timeZone enabled missedTimes limit priority nextAt nextTimes(first: 2) suite { name } } }`;
const create = `mutation ($input: CreateScheduleInput!, $key: String) { saved: createSchedule(input: $input, idempotencyKey: $key) { ${result} } }`;
const update = `mutation ($input: UpdateScheduleInput!) { saved: updateSchedule(input: $input) { ${result} } }`;

interface Saved {
  readonly saved: {
    readonly __typename: string;
    readonly message?: string;
    readonly issues?: readonly { readonly path: string; readonly value: unknown }[];
    readonly data: {
      readonly id: string;
      readonly nextAt: string | null;
      readonly nextTimes: readonly string[];
    };
  };
}

const save = async (query: string, variables: object) =>
  (await api.query<Saved>(query, variables as Record<string, unknown>)).saved;
const input = (more: object = {}) => ({
  name: 'nightly',
  suiteId,
  cron: '30 6 * * 1-5',
  timeZone: 'America/Sao_Paulo',
  ...more,
});

test('a schedule is kept with its next time, once for each key', async () => {
  const made = await save(create, { input: input({ limit: 10, priority: -3 }), key: 'k' });
  expect(made).toMatchObject({
    __typename: 'MutationScheduleSuccess',
    data: {
      name: 'nightly',
      enabled: true,
      missedTimes: 'CATCH_UP',
      limit: 10,
      priority: -3,
      suite: { name: 'nightly' },
    },
  });
  expect(made.data.nextAt).toBe(made.data.nextTimes[0]);
  expect(made.data.nextAt).toMatch(/T09:30:00.000Z$/);
  expect((await save(create, { input: input(), key: 'k' })).data.id).toBe(made.data.id);
  expect(await save(create, { input: input() })).toMatchObject({
    __typename: 'ConflictError',
    message: expect.stringContaining('"nightly"'),
  });
});

test('every fault is told with its place and value, and nothing is kept', async () => {
  const wrong = input({ name: ' ', cron: '61 * * * *', limit: 0, priority: 5000 });
  const { __typename, issues } = await save(create, { input: wrong });
  expect(__typename).toBe('ValidationError');
  expect(issues?.map(({ path, value }) => [path, value])).toEqual([
    ['name', ''],
    ['limit', 0],
    ['priority', 5000],
    ['cron', '61 * * * *'],
  ]);
  const nowhere = await save(create, { input: input({ name: 'x', timeZone: 'Mars/Olympus' }) });
  expect(nowhere.issues).toMatchObject([{ path: 'timeZone', value: 'Mars/Olympus' }]);
  const nothing = await save(create, { input: input({ name: 'x', suiteId: randomUUID() }) });
  expect(nothing.__typename).toBe('NotFoundError');
  expect(await api.database.prisma.schedule.count()).toBe(1);
});

test('a change keeps the rest; switched off there is no next time', async () => {
  const { id } = await api.database.prisma.schedule.findFirstOrThrow();
  expect(await save(update, { input: { id, cron: '0 0 * * *' } })).toMatchObject({
    data: { limit: 10, timeZone: 'America/Sao_Paulo' },
  });
  expect((await save(update, { input: { id, enabled: false, limit: null } })).data).toMatchObject({
    nextAt: null,
    limit: null,
  });
  expect((await save(update, { input: { id, enabled: true } })).data.nextAt).toMatch(/T03:00:00.000Z$/);
  expect((await save(update, { input: { id, cron: 'often' } })).__typename).toBe('ValidationError');
  expect((await save(update, { input: { id: randomUUID(), name: 'y' } })).__typename).toBe('NotFoundError');
});

test('a time that is due already is left to the workers by a change of something else', async () => {
  const past = new Date('2026-01-01T03:00:00Z');
  const { id } = await api.database.prisma.schedule.findFirstOrThrow();
  await api.database.prisma.schedule.update({ where: { id }, data: { nextAt: past } });
  expect((await save(update, { input: { id, priority: 1 } })).data.nextAt).toBe(past.toISOString());
  expect((await save(update, { input: { id, cron: '5 0 * * *' } })).data.nextAt).not.toBe(past.toISOString());
});

test('the list, the node and the times that came', async () => {
  const { id } = await api.database.prisma.schedule.findFirstOrThrow();
  const dueAt = new Date('2026-11-01T03:00:00Z');
  await api.database.prisma.scheduledTime.create({
    data: { scheduleId: id, dueAt, outcome: 'SKIPPED', missed: 2 },
  });
  const answer = await api.query(
    `query ($id: ID!) { schedules(search: "NIGHT") { totalCount nodes { name lastTimes { dueAt outcome missed runId } runs { id } } }
       node(id: $id) { __typename id } schedule(id: $id) { name } }`,
    { id },
  );
  expect(answer).toEqual({
    schedules: {
      totalCount: 1,
      nodes: [
        {
          name: 'nightly',
          runs: [],
          lastTimes: [{ dueAt: dueAt.toISOString(), outcome: 'SKIPPED', missed: 2, runId: null }],
        },
      ],
    },
    node: { __typename: 'Schedule', id },
    schedule: { name: 'nightly' },
  });
});

test('the next times of an expression, or what is wrong with it', async () => {
  const next =
    'query ($cron: String!, $zone: String!) { nextTimes(cron: $cron, timeZone: $zone) { __typename ... on NextTimes { times } ... on ValidationError { issues { path } } } }';
  const { nextTimes } = await api.query<{ nextTimes: { times: string[] } }>(next, {
    cron: '0 12 * * *',
    zone: 'Asia/Tokyo',
  });
  expect(nextTimes.times.map((time) => time.slice(11, 16))).toEqual(Array(5).fill('03:00'));
  expect(await api.query(next, { cron: '', zone: 'UTC' })).toMatchObject({
    nextTimes: { issues: [{ path: 'cron' }] },
  });
});

test('a suite that schedules use is not deleted, and the schedules are named', async () => {
  const { prisma } = api.database;
  const yaml = 'name: kept\nmodels: [a]\ntasks: [b]\n';
  const versions = { create: { version: 1, sha256: '', yaml, saved: true } };
  const { id } = await prisma.suite.create({ data: { name: 'kept', versions } });
  for (const name of ['weekly', 'daily'])
    expect((await save(create, { input: input({ name, suiteId: id }) })).__typename).toBe(
      'MutationScheduleSuccess',
    );
  const remove =
    'mutation ($id: ID!) { deleteSuite(id: $id) { __typename ... on ConflictError { message } } }';
  expect(await api.query(remove, { id })).toEqual({
    deleteSuite: {
      __typename: 'ConflictError',
      message: 'the suite "kept" is used by schedule daily, schedule weekly',
    },
  });
  expect(await prisma.schedule.count({ where: { suiteId: id } })).toBe(2);
  await prisma.schedule.deleteMany({ where: { suiteId: id } });
  expect(await api.query(remove, { id })).toMatchObject({
    deleteSuite: { __typename: 'MutationDeleteConfigurationSuccess' },
  });
});

test('it is deleted, its runs stay', async () => {
  const { id } = await api.database.prisma.schedule.findFirstOrThrow();
  const run = await api.database.prisma.run.create({ data: { name: 'made', config: '', scheduleId: id } });
  const remove =
    'mutation ($id: ID!) { deleteSchedule(id: $id) { __typename ... on MutationDeleteScheduleSuccess { data } } }';
  expect(await api.query(remove, { id })).toEqual({
    deleteSchedule: { __typename: 'MutationDeleteScheduleSuccess', data: id },
  });
  expect(await api.query(remove, { id })).toMatchObject({ deleteSchedule: { __typename: 'NotFoundError' } });
  expect(await api.database.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({
    scheduleId: null,
  });
});
