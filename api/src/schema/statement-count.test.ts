// No N+1: what the dashboard asks takes as many SQL statements for many rows as for few.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { exampleRun } from '../fixture/example-run.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

let api: TestApi;
let many: Ids;
const before = new Map<string, number>();

interface Ids {
  readonly run: string;
  readonly other: string;
  readonly sample: string;
}

beforeAll(async () => {
  api = await startTestApi();
  const few = await fill(1, 3);
  for (const [name, { query }] of Object.entries(operations)) before.set(name, await count(query, few));
  many = await fill(6, 40);
});
afterAll(() => api.close());

// Rows of every list; the runs hold so many evaluations of so many samples.
async function fill(evaluations: number, samples: number): Promise<Ids> {
  const { prisma } = api.database;
  const models = Array.from({ length: evaluations }, (_, index) => `model-${index}`);
  const run = await exampleRun(api.services, { models, samples });
  const other = await exampleRun(api.services, {
    models,
    samples,
    score: () => (0.5 > Math.random() ? 0 : 1),
  });
  for (let index = 0; index < evaluations; index += 1) {
    const name = randomUUID();
    const suite = await prisma.suite.create({
      data: { name, versions: { create: { version: 1, sha256: '', yaml: '' } } },
    });
    await prisma.run.updateMany({ where: { id: run.runId }, data: { suiteId: suite.id } });
    await prisma.model.create({ data: { name, kind: 'language', provider: 'scripted', options: {} } });
    await prisma.dataset.create({
      data: { name, versions: { create: { version: 1, sha256: '', directory: '', splits: [] } } },
    });
    await prisma.task.create({
      data: {
        name,
        versions: {
          create: { version: 1, sha256: '', yaml: '', outputType: '', dataset: '', retrieves: false },
        },
      },
    });
    await api.database.pool.query(
      `select graphile_worker.add_job('plan-run', json_build_object('runId', $1::text))`,
      [run.runId],
    );
    await exampleRun(api.services, { models: ['x'], samples: 2 });
  }
  const sample = await prisma.sample.findFirstOrThrow({ where: { evaluation: { runId: run.runId } } });
  return { run: run.runId, other: other.runId, sample: sample.id };
}

const operations: Readonly<Record<string, { readonly query: string; readonly atMost: number }>> = {
  home: {
    query: `{ viewer { name } runs(first: 20, filter: { status: [SUCCEEDED, RUNNING] }) { nodes { id name status progress { done total } metrics { name value } gates { passed } } }
      workers { id alive node hardware { metric points { at value } } } }`,
    atMost: 6,
  },
  runs: {
    query: `{ runs(first: 50, sort: { field: CREATED_AT, direction: DESC }) { totalCount nodes { id name status suite { name } progress { done total failed etaSeconds }
      evaluations { model task status } metrics { task model name value ciLow ciHigh } } pageInfo { hasNextPage endCursor } } }`,
    atMost: 6,
  },
  overview: {
    query: `query ($run: ID!) { run(id: $run) { id name status config lastSequence progress { done } evaluations { id task model done planned metrics { name value } scoreSoFar { n value } }
      metrics { name value } gates { passed } warnings { code } phases { label startedAt } } }`,
    atMost: 6,
  },
  samples: {
    query: `query ($run: ID!) { run(id: $run) { samples(first: 50) { totalCount nodes { id task model item outcome target prediction score scores { metric value } } pageInfo { endCursor } } } }`,
    atMost: 8,
  },
  performance: {
    query: `query ($run: ID!) { run(id: $run) { evaluations { id ttft: histogram(measurement: "ttft") { counts edges } e2e: histogram(measurement: "e2e") { counts edges } throughput { at samplesPerSecond } } } }`,
    atMost: 6,
  },
  hardware: {
    query: `query ($run: ID!) { run(id: $run) { hardware { metric points { at value } } phases { label startedAt finishedAt } } }`,
    atMost: 4,
  },
  sample: {
    query: `query ($sample: ID!) { node(id: $sample) { ... on Sample { id input output scores { metric value } requests { text } next { id } previous(failing: true) { id } } } }`,
    atMost: 10,
  },
  compare: {
    query: `query ($run: ID!, $other: ID!) { compareRuns(baseline: $run, candidates: [$other]) { rows { task candidateModel difference fixedCount
      broken(first: 5) { itemId baselineSample { id prediction } candidateSample { id prediction } } } } }`,
    atMost: 12,
  },
  registered: {
    query: `{ suites { nodes { id name yaml version models runs(first: 5) { id status createdAt } } } models { nodes { id name variants } }
      datasets { nodes { id name versions { version splits { name } } } } tasks { nodes { id name outputType metrics } } }`,
    atMost: 10,
  },
  queue: {
    query: `{ jobs(first: 50) { totalCount nodes { id task state runId } } workers { id node alive } }`,
    atMost: 4,
  },
};

async function count(query: string, variables: Ids): Promise<number> {
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await api.query(query, { ...variables });
    return sent.mock.calls.filter(([statement]) => !/^(?:begin|commit|rollback)/i.test(String(statement)))
      .length;
  } finally {
    sent.mockRestore();
  }
}

test.each(Object.entries(operations))('%s', async (name, { query, atMost }) => {
  const few = before.get(name) ?? 0;
  const after = await count(query, many);
  // A comparison reads the samples of each pair of evaluations: by the pair, not by the flip.
  expect(after).toBeLessThanOrEqual(name === 'compare' ? few * 6 : few + (name === 'sample' ? 2 : 0));
  expect(few).toBeLessThanOrEqual(atMost);
});
