// Runs are created, steered, estimated and compared, over HTTP; what is wrong comes back as members of unions.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleRun } from '../fixture/example-run.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const suite = `# three models
name: sums
models:
  - {provider: scripted, name: yes, answer: "1"}
  - {provider: scripted, name: no, answer: "2"}
tasks: [tiny-arithmetic]
gates: [{metric: exact_match, task: tiny-arithmetic, model: "no", min: 0}]
`
  .replace('name: yes', 'name: "yes"')
  .replace('name: no', 'name: "no"');

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const create = `mutation ($input: RunInput!, $key: String) { createRun(input: $input, idempotencyKey: $key) { __typename
  ... on MutationCreateRunSuccess { data { id name status config limit progress { total } lastSequence } }
  ... on ValidationError { message issues { path message value } } ... on Error { message } } }`;

interface Created {
  readonly createRun: {
    readonly __typename: string;
    readonly data: { readonly id: string; readonly config: string };
    readonly issues: readonly { readonly path: string; readonly message: string; readonly value: unknown }[];
  };
}

describe('createRun', () => {
  test('keeps the run, its first event, an activity and a job', async () => {
    const { createRun } = await api.query<Created>(create, { input: { suite, limit: 5, name: 'mine' } });
    expect(createRun).toMatchObject({
      __typename: 'MutationCreateRunSuccess',
      data: {
        name: 'mine',
        status: 'QUEUED',
        config: suite,
        limit: 5,
        progress: { total: 10 },
        lastSequence: 1,
      },
    });
    const { jobs } = await api.query<{ jobs: unknown }>('{ jobs { nodes { task runId } } }');
    expect(jobs).toMatchObject({ nodes: [{ task: 'plan-run', runId: createRun.data.id }] });
    expect(await api.database.prisma.activity.findMany({ select: { kind: true, runId: true } })).toEqual([
      { kind: 'run.created', runId: createRun.data.id },
    ]);
  });

  test.each([
    ['models[0]', 'models: [/etc/passwd]\ntasks: [tiny-arithmetic]'],
    ['models[0]', 'models: [../../../weights.gguf]\ntasks: [tiny-arithmetic]'],
    ['models[0].file', 'models: [{provider: llama-cpp, file: /tmp/a.gguf}]\ntasks: [tiny-arithmetic]'],
    ['models[0].file', 'models: [{provider: scripted, file: /etc/passwd}]\ntasks: [tiny-arithmetic]'],
    ['tasks[0].task', 'models: [bancada-micro]\ntasks: [{task: /etc/hosts}]'],
    ['tasks[0]', 'models: [bancada-micro]\ntasks: [../../package.yaml]'],
    [
      'matrix.rag.corpus[0]',
      'models: [bancada-micro]\ntasks: [tiny-arithmetic]\nmatrix: {rag.corpus: [/etc/x]}',
    ],
  ])('security: paths: a suite whose %s leads out of the home is refused by name', async (key, text) => {
    const { createRun } = await api.query<Created>(create, { input: { suite: `name: out\n${text}` } });
    expect(createRun.__typename).toBe('ValidationError');
    expect(createRun.issues.map(({ path }) => path)).toEqual([key]);
    expect(createRun.issues[0]?.message).toContain('leads out of the home');
  });

  test('gives the same run for the same key, and a conflict for another suite', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => api.query<Created>(create, { input: { suite }, key: 'k' })),
    );
    expect(first?.createRun.data.id).toBe(second?.createRun.data.id);
    const other = await api.query<Created>(create, {
      input: { suite: suite.replace('sums', 'more') },
      key: 'k',
    });
    expect(other.createRun.__typename).toBe('ConflictError');
  });

  test('tells every fault with its place', async () => {
    const wrong = suite
      .replace('tiny-arithmetic]\ngates', 'tiny-arithmetik]\ngates')
      .replace('scripted, name: "yes"', 'scriptet, name: "yes"');
    const { createRun } = await api.query<Created>(create, { input: { suite: wrong } });
    expect(createRun.__typename).toBe('ValidationError');
    expect(createRun.issues.map(({ path: place }) => place).sort()).toEqual(['provider', 'tasks[0]']);
    expect(createRun.issues.find(({ path: place }) => place === 'tasks[0]')).toMatchObject({
      value: 'tiny-arithmetik',
      message: expect.stringContaining('did you mean "tiny-arithmetic"'),
    });
  });

  test.each([
    [{}, 'ValidationError'],
    [{ suite: '[' }, 'ValidationError'],
    [{ suite, limit: 0 }, 'ValidationError'],
    [{ suite, models: ['maybe'] }, 'ValidationError'],
    [{ suiteId: '019a0000-0000-7000-8000-000000000001' }, 'NotFoundError'],
  ])('refuses %j', async (input, type) => {
    const { createRun } = await api.query<Created>(create, { input });
    expect(createRun.__typename).toBe(type);
  });

  test('narrows a suite to some models, with its comments', async () => {
    const { createRun } = await api.query<Created>(create, { input: { suite, models: ['yes'] } });
    expect(createRun.data.config).toContain('# three models');
    expect(createRun.data.config).not.toContain('name: "no"');
    expect(createRun.data.config).not.toContain('gates');
  });

  test('takes a registered suite by its id', async () => {
    const { id } = await api.database.prisma.suite.create({
      data: { name: 'registered', versions: { create: { version: 1, sha256: '', yaml: suite } } },
    });
    const { createRun } = await api.query<{ createRun: unknown }>(
      'mutation ($id: ID!) { createRun(input: { suiteId: $id }) { ... on MutationCreateRunSuccess { data { name suite { name models tasks version } } } } }',
      { id },
    );
    expect(createRun).toEqual({
      data: {
        name: 'sums',
        suite: { name: 'registered', models: ['yes', 'no'], tasks: ['tiny-arithmetic'], version: 1 },
      },
    });
  });
});

test('estimateRun counts from the plan, and times by earlier runs', async () => {
  const estimate = `query ($suite: String!) { estimateRun(input: { suite: $suite, limit: 10 }) { __typename ... on QueryEstimateRunSuccess { data {
    evaluations samples requests seconds outputTokens models tasks detectableDifference warnings } } ... on Error { message } } }`;
  const unknown = await api.query<{ estimateRun: unknown }>(estimate, { suite });
  expect(unknown.estimateRun).toMatchObject({
    data: {
      evaluations: 2,
      samples: 20,
      requests: 20,
      seconds: null,
      models: ['yes', 'no'],
      warnings: [expect.stringContaining('No earlier run of yes, no')],
    },
  });
  await exampleRun(api.services, { models: ['yes', 'no'] });
  const known = await api.query<{
    estimateRun: { data: { seconds: number; outputTokens: number; detectableDifference: number } };
  }>(estimate, { suite });
  // Six samples took a second; 20 are to be done.
  expect(known.estimateRun.data.seconds).toBeCloseTo(20 / 6, 6);
  expect(known.estimateRun.data.outputTokens).toBeCloseTo(60, 6);
  // (1.959964 + 0.841621) * sqrt(0.5 / 10)
  expect(known.estimateRun.data.detectableDifference).toBeCloseTo(0.62645, 4);
  expect(
    (await api.query<{ estimateRun: { __typename: string } }>(estimate, { suite: 'name: 1' })).estimateRun
      .__typename,
  ).toBe('ValidationError');
});

describe('a person steers', () => {
  const control = (name: string) =>
    `mutation ($id: ID!) { ${name}(id: $id) { __typename ... on MutationRunControlSuccess { data { status } } ... on Error { message } } }`;

  async function steer(name: string, id: string): Promise<unknown> {
    return (await api.query<Record<string, unknown>>(control(name), { id }))[name];
  }

  test('a run that waits: at once', async () => {
    const { createRun } = await api.query<Created>(create, { input: { suite } });
    const { id } = createRun.data;
    expect(await steer('pauseRun', id)).toMatchObject({ data: { status: 'PAUSED' } });
    expect(await steer('resumeRun', id)).toMatchObject({ data: { status: 'PAUSED' } });
    expect(await api.database.prisma.run.findUnique({ where: { id }, select: { intent: true } })).toEqual({
      intent: 'RUNNING',
    });
    expect(await steer('cancelRun', id)).toMatchObject({ data: { status: 'CANCELLED' } });
    expect(await steer('pauseRun', id)).toMatchObject({ __typename: 'ConflictError' });
    expect(
      await api.query(
        'mutation ($id: ID!) { deleteRun(id: $id) { ... on MutationDeleteRunSuccess { data } } }',
        { id },
      ),
    ).toEqual({ deleteRun: { data: id } });
    expect(await api.query('query ($id: ID!) { run(id: $id) { id } }', { id })).toEqual({ run: null });
  });

  test('a run at work: its intent, for workers to follow', async () => {
    const { runId } = await exampleRun(api.services, { status: 'RUNNING' });
    await api.database.prisma.evaluation.updateMany({ where: { runId }, data: { status: 'RUNNING' } });
    expect(await steer('cancelRun', runId)).toMatchObject({ data: { status: 'RUNNING' } });
    expect(
      await api.database.prisma.run.findUnique({ where: { id: runId }, select: { intent: true } }),
    ).toEqual({ intent: 'CANCELLED' });
    const { deleteRun } = await api.query<{ deleteRun: unknown }>(
      'mutation ($id: ID!) { deleteRun(id: $id) { __typename } }',
      { id: runId },
    );
    expect(deleteRun).toEqual({ __typename: 'ConflictError' });
  });

  test('failed samples are tried again, when there are any', async () => {
    const { runId } = await exampleRun(api.services);
    expect(await steer('retryFailedSamples', runId)).toMatchObject({ data: { status: 'QUEUED' } });
    const { rows } = await api.database.pool.query(
      `select payload from graphile_worker._private_jobs where payload->>'runId' = $1`,
      [runId],
    );
    expect(rows).toEqual([{ payload: { runId, retryFailed: true } }]);
  });

  test('nothing that is not there', async () => {
    expect(await steer('pauseRun', 'nonsense')).toMatchObject({ __typename: 'NotFoundError' });
  });
});

test('compareRuns pairs items, and finds the samples behind the flips', async () => {
  const baseline = await exampleRun(api.services, {
    models: ['alpha'],
    samples: 12,
    score: (item) => (item < 8 ? 1 : 0),
  });
  const candidate = await exampleRun(api.services, {
    models: ['alpha'],
    samples: 12,
    score: (item) => (item > 1 ? 1 : 0),
  });
  const data = await api.query<{ compareRuns: { rows: Record<string, unknown>[] } }>(
    `query ($a: ID!, $b: [ID!]!) { compareRuns(baseline: $a, candidates: $b) { baseline { name } candidates { id } rows {
      candidateRunId task metric n unpaired difference p test baselineMean candidateMean fixedCount brokenCount
      fixed(first: 1) { itemId from to baselineSample { outcome model prediction } candidateSample { outcome } } broken { itemId } } } }`,
    { a: baseline.runId, b: [candidate.runId] },
  );
  expect(data.compareRuns.rows).toEqual([
    expect.objectContaining({
      candidateRunId: candidate.runId,
      n: 11,
      unpaired: 0,
      test: 'mcnemar-exact',
      fixedCount: 3,
      brokenCount: 2,
      // binom.test(2, 5)$p.value in R.
      p: 1,
      fixed: [
        {
          itemId: 'id-8',
          from: 0,
          to: 1,
          baselineSample: expect.objectContaining({ outcome: 'WRONG' }),
          candidateSample: { outcome: 'CORRECT' },
        },
      ],
      broken: [{ itemId: 'id-0' }, { itemId: 'id-1' }],
    }),
  ]);
  expect(data.compareRuns.rows[0]?.difference).toBeCloseTo(1 / 11, 9);
  const { errors } = await api.ask(
    'query ($a: ID!) { compareRuns(baseline: $a, candidates: ["x"]) { rows { n } } }',
    { a: baseline.runId },
  );
  expect(errors?.[0]?.message).toBe('there is no run x');
});

test('rows of a data set are read from its files', async () => {
  await api.database.prisma.dataset.create({ data: { name: 'tiny-facts', bundled: true } });
  const { dataset } = await api.query<{
    dataset: { rows: { split: string; columns: string[]; rows: unknown[] } };
  }>('{ dataset(name: "tiny-facts") { name rows(offset: 2, limit: 3) { split offset columns rows } } }');
  expect(dataset.rows.rows).toHaveLength(3);
  expect(dataset.rows.columns.length).toBeGreaterThan(1);
});

test('a suite whose files lie in a home of its own is found there', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'bancada-home-'));
  await writeFile(path.join(home, 'note'), '');
  const other = await startTestApi({ homes: [home, ...api.services.homes] });
  try {
    const { createRun } = await other.query<Created>(create, { input: { suite } });
    expect(createRun.__typename).toBe('MutationCreateRunSuccess');
  } finally {
    await other.close();
  }
});
