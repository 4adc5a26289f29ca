// The order of the runs, single jobs by hand, and the limit of runs of one user.
import { enqueue, type Run } from '@bancada/prisma';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';
import { createRun } from '../run-creation.ts';
import { ConflictError } from './error.ts';
import { checkRun } from './run-input.ts';

const suite =
  'name: sums\nmodels: [{provider: scripted, name: echo, answer: "1"}]\ntasks: [tiny-arithmetic]\n';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(() => api.database.pool.query('delete from "Run"; delete from graphile_worker._private_jobs'));

const create = `mutation ($input: RunInput!) { createRun(input: $input) { __typename ... on Error { message }
  ... on ValidationError { issues { path value } } ... on MutationCreateRunSuccess { data { id priority } } } }`;

async function make(name: string, priority = 0): Promise<string> {
  const { createRun: made } = await api.query<{ createRun: { data: { id: string } } }>(create, {
    input: { suite, name, priority },
  });
  return made.data.id;
}

const queue = async () =>
  (await api.query<{ runQueue: { name: string }[] }>('{ runQueue { name } }')).runQueue.map(
    ({ name }) => name,
  );
const jobs = async () =>
  (
    await api.database.pool.query(
      "select payload->>'runId' as run, priority from graphile_worker._private_jobs order by priority, id",
    )
  ).rows;

test('runs wait by priority, then by age, and their jobs with them', async () => {
  const [a, b] = [await make('a'), await make('b')];
  const c = await make('c', -10);
  expect(await queue()).toEqual(['c', 'a', 'b']);
  const move =
    'mutation ($id: ID!, $to: RunMove!) { moveRun(id: $id, to: $to) { __typename ... on Error { message } } }';
  await api.query(move, { id: b, to: 'UP' });
  expect(await queue()).toEqual(['c', 'b', 'a']);
  await api.query(move, { id: a, to: 'FRONT' });
  expect(await queue()).toEqual(['a', 'c', 'b']);
  expect((await jobs()).map(({ run }) => run)).toEqual([a, c, b]);
  const set =
    'mutation ($id: ID!, $p: Int!) { setRunPriority(id: $id, priority: $p) { __typename ... on MutationRunPlaceSuccess { data { priority } } } }';
  expect(await api.query(set, { id: c, p: 7 })).toMatchObject({ setRunPriority: { data: { priority: 7 } } });
  expect((await jobs()).at(-1)).toEqual({ run: c, priority: 7 });
  expect(await api.query(set, { id: c, p: 9999 })).toMatchObject({
    setRunPriority: { __typename: 'ValidationError' },
  });
  await api.database.prisma.run.update({ where: { id: a }, data: { status: 'SUCCEEDED' } });
  expect(await api.query(move, { id: a, to: 'BACK' })).toMatchObject({
    moveRun: { __typename: 'ConflictError' },
  });
  expect(await queue()).toEqual(['b', 'c']);
});

test('a priority out of range is refused', async () => {
  expect(await api.query(create, { input: { suite, priority: -1001 } })).toMatchObject({
    createRun: { __typename: 'ValidationError', issues: [{ path: 'priority', value: -1001 }] },
  });
});

test('a gate compares with a run that is there', async () => {
  const gated = (baseline: string) =>
    `${suite}gates: [{metric: exact_match, task: tiny-arithmetic, model: echo, baseline: ${baseline}}]\n`;
  expect(await api.query(create, { input: { suite: gated('monday.sqlite') } })).toMatchObject({
    createRun: {
      __typename: 'ValidationError',
      issues: [{ path: 'gates[0].baseline', value: 'monday.sqlite' }],
    },
  });
  const id = await make('before');
  for (const baseline of [id, 'last-success']) {
    expect(await api.query(create, { input: { suite: gated(baseline) } })).toMatchObject({
      createRun: { __typename: 'MutationCreateRunSuccess' },
    });
  }
});

const retry =
  'mutation ($id: ID!) { retryJob(id: $id) { __typename ... on Error { message } ... on MutationRetryJobSuccess { data { state attempts } } } }';
const cancel = 'mutation ($id: ID!) { cancelJob(id: $id) { __typename ... on Error { message } } }';

test('a failed job is tried again, a waiting one cancelled; work of a run is the run’s', async () => {
  const id = await enqueue(api.database.pool, 'prune', {}, { maxAttempts: 1 });
  expect(await api.query(retry, { id })).toMatchObject({ retryJob: { __typename: 'ConflictError' } });
  await api.database.pool.query('update graphile_worker._private_jobs set attempts = 1 where id = $1', [id]);
  expect(await api.query(retry, { id })).toEqual({
    retryJob: { __typename: 'MutationRetryJobSuccess', data: { state: 'WAITING', attempts: 0 } },
  });
  await api.database.pool.query('update graphile_worker._private_jobs set locked_at = now() where id = $1', [
    id,
  ]);
  expect(await api.query(cancel, { id })).toMatchObject({ cancelJob: { __typename: 'ConflictError' } });
  await api.database.pool.query('update graphile_worker._private_jobs set locked_at = null where id = $1', [
    id,
  ]);
  expect(await api.query(cancel, { id })).toMatchObject({
    cancelJob: { __typename: 'MutationCancelJobSuccess' },
  });
  expect(await api.query(cancel, { id })).toMatchObject({ cancelJob: { __typename: 'NotFoundError' } });
  const runId = await make('a');
  const { rows } = await api.database.pool.query('select id::text from graphile_worker._private_jobs');
  expect(await api.query(cancel, { id: rows[0].id })).toMatchObject({
    cancelJob: { __typename: 'ConflictError', message: expect.stringContaining(runId) },
  });
});

test('a user may have so many runs waiting or running, also when many are asked for at once', async () => {
  const { prisma } = api.database;
  const user = await prisma.user.create({ data: { name: 'ana', passwordHash: '' } });
  const services = { ...api.services, runsPerUser: 2 };
  const checked = await checkRun(services, { suite });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () => createRun(services, checked, undefined, user.id)),
  );
  const made = outcomes.filter((one): one is PromiseFulfilledResult<Run> => one.status === 'fulfilled');
  const refused = outcomes.filter((one) => one.status === 'rejected');
  expect([made.length, refused.length]).toEqual([2, 3]);
  for (const { reason } of refused) {
    expect(reason).toBeInstanceOf(ConflictError);
    expect(reason.message).toMatch(/2 runs that wait or run, and 2 are allowed.*BANCADA_RUNS_PER_USER/);
  }
  await prisma.run.update({ where: { id: made[0]?.value.id ?? '' }, data: { status: 'SUCCEEDED' } });
  expect((await createRun(services, checked, undefined, user.id)).createdById).toBe(user.id);
  // The local user has no limit.
  await make('local');
});
