// What the dashboard asks, over HTTP on a real Postgres.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExampleRun, exampleRun } from '../fixture/example-run.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

let api: TestApi;
let run: ExampleRun;

beforeAll(async () => {
  api = await startTestApi();
  run = await exampleRun(api.services);
});
afterAll(() => api.close());

describe('a run', () => {
  test('tells its progress, evaluations, metrics, gates, warnings and phases', async () => {
    const data = await api.query<{ run: Record<string, unknown> }>(
      `query ($id: ID!) { run(id: $id) { id name status lastSequence progress { done total failed etaSeconds }
        evaluations { id model outputType metrics { name value preliminary } } metrics { name model kind ciLow }
        gates { passed value gate } warnings { code } phases { label startedAt finishedAt } } }`,
      { id: run.runId },
    );
    expect(data.run).toMatchObject({
      id: run.runId,
      status: 'SUCCEEDED',
      lastSequence: 4,
      progress: { done: 12, total: 12, failed: 2, etaSeconds: null },
      evaluations: [
        { model: 'alpha', metrics: [{ name: 'exact_match' }, { name: 'ttft_p95_ms' }] },
        { model: 'beta' },
      ],
      gates: [{ passed: true, value: 0.8, gate: { min: 0.5 } }],
      warnings: [{ code: 'SMALL_SAMPLE' }],
      phases: [{ label: 'sums · alpha' }, { label: 'sums · beta' }],
    });
    expect(data.run.metrics).toHaveLength(4);
  });

  test('is null for an id that is none', async () => {
    expect(await api.query('{ run(id: "nonsense") { id } }')).toEqual({ run: null });
  });

  test('is a node, as its evaluations, samples and workers are', async () => {
    for (const [id, type] of [
      [run.runId, 'Run'],
      [run.evaluationIds[0], 'Evaluation'],
      [run.workerId, 'Worker'],
    ]) {
      const data = await api.query('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
      expect(data).toEqual({ node: { __typename: type, id } });
    }
  });

  test('draws hardware as thinned series', async () => {
    const { run: found } = await api.query<{
      run: { hardware: { metric: string; unit: string; points: unknown[] }[] };
    }>(
      'query ($id: ID!) { run(id: $id) { hardware(maxPoints: 10) { metric unit node points { at value } } } }',
      { id: run.runId },
    );
    expect(found.hardware.map(({ metric }) => metric)).toEqual([
      'cpu',
      'memory',
      'processRss',
      'gpu0.utilization',
      'gpu0.memory',
    ]);
    expect(found.hardware[0]?.points).toHaveLength(10);
  });

  test('tells its log, from a level on', async () => {
    const data = await api.query(
      'query ($id: ID!) { run(id: $id) { logs(level: "warn") { totalCount nodes { level message } } } }',
      { id: run.runId },
    );
    expect(data).toEqual({ run: { logs: { totalCount: 1, nodes: [{ level: 'warn', message: 'slow' }] } } });
  });
});

describe('an evaluation', () => {
  test('draws histogram, score so far and throughput', async () => {
    const data = await api.query<{ run: { evaluations: Record<string, never>[] } }>(
      `query ($id: ID!) { run(id: $id) { evaluations {
        histogram(measurement: "ttft", bins: 4) { unit edges counts p50 } score: histogram(measurement: "score", bins: 2) { counts }
        scoreSoFar { n value ciLow ciHigh } throughput { at samplesPerSecond tokensPerSecond } } } }`,
      { id: run.runId },
    );
    expect(data.run.evaluations[0]).toMatchObject({
      histogram: { unit: 'ms', edges: [10, 11, 12, 13, 14], counts: [1, 1, 1, 2], p50: 12 },
      score: { counts: [1, 4] },
      throughput: [{ samplesPerSecond: 5, tokensPerSecond: 15 }],
    });
    const points = data.run.evaluations[0]?.scoreSoFar as unknown as {
      n: number;
      value: number;
      ciLow: number;
    }[];
    expect(points.map(({ n, value }) => [n, value])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 0.75],
      [5, 0.8],
    ]);
    // Wilson for 4 of 5, as statsmodels prints it: proportion_confint(4, 5, method='wilson').
    expect(points[4]?.ciLow).toBeCloseTo(0.3755, 4);
  });

  test('refuses a measurement that there is not, with the names', async () => {
    const { errors } = await api.ask(
      'query ($id: ID!) { run(id: $id) { evaluations { histogram(measurement: "mood") { unit } } } }',
      { id: run.runId },
    );
    expect(errors?.[0]?.message).toContain('ttft, e2e, interToken, score');
  });
});

describe('samples', () => {
  const page = `query ($id: ID!, $filter: SampleFilter, $sort: SampleSort, $after: String) { run(id: $id) {
    samples(first: 4, filter: $filter, sort: $sort, after: $after) { totalCount nodes { model item outcome score scores { metric value } requests { attempts interTokenMs } }
      pageInfo { hasNextPage endCursor } } } }`;

  test('come in pages that hold each once', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { run: found }: SamplePage = await api.query<SamplePage>(page, { id: run.runId, after });
      seen.push(...found.samples.nodes.map(({ model, item }) => `${model}${item}`));
      expect(found.samples.totalCount).toBe(12);
      after = found.samples.pageInfo.hasNextPage ? found.samples.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(12);
    expect(seen).toHaveLength(12);
  });

  test('are filtered and sorted', async () => {
    const { run: found } = await api.query<SamplePage>(page, {
      id: run.runId,
      filter: { outcome: 'WRONG', model: 'beta' },
      sort: { field: 'LATENCY', direction: 'DESC' },
    });
    expect(found.samples).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          model: 'beta',
          item: 3,
          outcome: 'WRONG',
          score: 0,
          scores: [{ metric: 'exact_match', value: 0 }],
          requests: [{ attempts: 1, interTokenMs: [4, 6] }],
        },
      ],
    });
  });

  test('tell which retrieved chunks are of the document with the answer', async () => {
    const chunk = (documentId: string, rank: number) => ({
      ...{ id: `${documentId}#0`, documentId, index: 0, text: 't', start: 0, end: 1, rank, score: 1 / rank },
    });
    await api.services.prisma.sample.updateMany({
      where: { evaluationId: run.evaluationIds[0] ?? '', item: 0 },
      data: {
        retrieved: [chunk('other', 1), chunk('gold', 2)],
        relevantDocuments: ['gold', 'missed'],
        goldRetrieved: true,
        documentRecall: 0.5,
        reciprocalRank: 0.5,
      },
    });
    const data = await api.query(
      `query ($id: ID!) { run(id: $id) { samples(first: 1) { nodes {
        goldRetrieved documentRecall reciprocalRank relevantDocuments retrieved { documentId gold } } } } }`,
      { id: run.runId },
    );
    const retrieved = [
      { documentId: 'other', gold: false },
      { documentId: 'gold', gold: true },
    ];
    const scores = { goldRetrieved: true, documentRecall: 0.5, reciprocalRank: 0.5 };
    expect(data).toEqual({
      run: { samples: { nodes: [{ ...scores, relevantDocuments: ['gold', 'missed'], retrieved }] } },
    });
  });

  test('know their neighbours, also among those not right', async () => {
    const { run: found } = await api.query<{ run: { samples: { nodes: { id: string }[] } } }>(
      'query ($id: ID!) { run(id: $id) { samples(first: 200) { nodes { id item model } } } }',
      { id: run.runId },
    );
    const last = found.samples.nodes[5]?.id;
    const data = await api.query(
      `query ($id: ID!) { node(id: $id) { ... on Sample { item next { item model } previous { item } failing: previous(failing: true) { item outcome } after: next(failing: true) { item outcome model } } } }`,
      { id: last },
    );
    expect(data).toEqual({
      node: {
        item: 5,
        next: { item: 0, model: 'beta' },
        previous: { item: 4 },
        failing: { item: 3, outcome: 'WRONG' },
        after: { item: 3, outcome: 'WRONG', model: 'beta' },
      },
    });
  });
});

interface SamplePage {
  readonly run: {
    readonly samples: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly model: string; readonly item: number }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  };
}

interface RunPage {
  readonly runs: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string; readonly name: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

describe('lists', () => {
  test('of runs are filtered, sorted and paged', async () => {
    for (let index = 0; index < 5; index += 1) {
      await api.database.prisma.run.create({
        data: { name: `list ${index % 2}`, config: '', status: index % 2 === 0 ? 'QUEUED' : 'FAILED' },
      });
    }
    const names: string[] = [];
    for (const sort of ['CREATED_AT', 'NAME', 'STATUS']) {
      let after: string | null = null;
      const ids = new Set<string>();
      do {
        const { runs }: RunPage = await api.query<RunPage>(
          `query ($after: String, $sort: RunSort) { runs(first: 2, after: $after, filter: { search: "LIST" }, sort: $sort) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } } }`,
          { after, sort: { field: sort, direction: 'ASC' } },
        );
        expect(runs.totalCount).toBe(5);
        for (const { id, name } of runs.nodes) {
          ids.add(id);
          names.push(name);
        }
        after = runs.pageInfo.hasNextPage ? runs.pageInfo.endCursor : null;
      } while (after !== null);
      expect(ids.size).toBe(5);
    }
    expect(names.slice(5, 10)).toEqual(['list 0', 'list 0', 'list 0', 'list 1', 'list 1']);
  });

  test.each([0, 201])('refuse first: %i', async (first) => {
    const { errors } = await api.ask(`{ runs(first: ${first}) { nodes { id } } }`);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('refuse a cursor of another list', async () => {
    const { errors } = await api.ask('{ runs(after: "bm8") { nodes { id } } }');
    expect(errors?.[0]?.message).toContain('no cursor of this list');
  });

  test('of workers tell who is alive, with hardware of each', async () => {
    const data = await api.query('{ workers { id node alive labels hardware(minutes: 1) { metric } } }');
    expect(data).toEqual({
      workers: [{ id: run.workerId, node: 'bench-1', alive: true, labels: ['gpu'], hardware: [] }],
    });
  });

  test('of jobs tell what waits for whom', async () => {
    await api.database.pool.query(
      `select graphile_worker.add_job('plan-run', json_build_object('runId', $1::text))`,
      [run.runId],
    );
    const data = await api.query(
      '{ jobs(state: WAITING) { totalCount nodes { task state runId attempts } } }',
    );
    expect(data).toEqual({
      jobs: { totalCount: 1, nodes: [{ task: 'plan-run', state: 'WAITING', runId: run.runId, attempts: 0 }] },
    });
  });
});

test('the catalog holds what the registries hold', async () => {
  const { catalog } = await api.query<{ catalog: Record<string, { name: string }[]> }>(
    '{ catalog { metrics { name description } exporters { name } retrievers { name } corpora { name } prompts { name } suiteSchema } }',
  );
  expect(catalog.metrics?.map(({ name }) => name)).toContain('exact_match');
  expect(catalog.exporters?.map(({ name }) => name)).toContain('csv');
  expect(catalog.corpora?.map(({ name }) => name)).toContain('tiny-world');
  expect(catalog.suiteSchema).toMatchObject({ type: 'object', required: ['name', 'models', 'tasks'] });
});

test('an unexpected error is masked by an id that the log carries', async () => {
  const broken = api.database.prisma.run.findUnique;
  Object.assign(api.database.prisma.run, {
    findUnique: () => Promise.reject(new Error('the secret is swordfish')),
  });
  const { errors } = await api.ask('query ($id: ID!) { run(id: $id) { id } }', { id: run.runId });
  Object.assign(api.database.prisma.run, { findUnique: broken });
  const id = String(errors?.[0]?.extensions?.id);
  expect(JSON.stringify(errors)).not.toContain('swordfish');
  expect(api.logged.find((line) => line.id === id)).toMatchObject({
    err: { message: 'the secret is swordfish' },
  });
});
