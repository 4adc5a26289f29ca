// What the rules delete and what they keep, on real rows: by age, by the last runs, by suite; metrics and records never.
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { countPrunable, pruneByRules, type RetentionRuleValue, readRetention } from './retention.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let suites: { readonly nightly: string; readonly weekly: string };
const day = 86_400_000;

beforeEach(async () => {
  await database?.close();
  database = await createTestDatabase();
  const make = async (name: string) => (await database.prisma.suite.create({ data: { name } })).id;
  suites = { nightly: await make('nightly'), weekly: await make('weekly') };
});
afterAll(() => database.close());

async function makeRun(
  suiteId: string | null,
  daysAgo: number,
  status: 'SUCCEEDED' | 'RUNNING' = 'SUCCEEDED',
) {
  const at = new Date(Date.now() - daysAgo * day);
  const id = randomUUID();
  const evaluationId = randomUUID();
  const { prisma, pool } = database;
  await prisma.run.create({
    data: {
      id,
      name: `${daysAgo} days ago`,
      config: '',
      status,
      suiteId,
      createdAt: at,
      startedAt: at,
      finishedAt: status === 'RUNNING' ? null : new Date(at.getTime() + 60_000),
      logs: { create: { level: 'info', message: 'line' } },
      evaluations: {
        create: {
          id: evaluationId,
          position: 0,
          task: 't',
          model: 'm',
          variant: 'closed-book',
          outputType: 'chat',
          numFewshot: 0,
          fingerprint: '',
          record: {},
          metrics: {
            create: {
              metric: 'acc',
              filter: 'none',
              kind: 'score',
              value: 1,
              n: 3,
              method: 'none',
              higherIsBetter: true,
            },
          },
        },
      },
    },
  });
  await pool.query(
    `insert into "Sample" (id, "evaluationId", item, repeat, "itemId", outcome, input, target, prediction, output, requests, "promptTokens",
       "outputTokens", "droppedTokens", "lengthStopped", "queueMs", "e2eMs", "startedAt")
     select gen_random_uuid(), $1, n, 0, n, 'OK', '', '', '', '', '[]', 1, 1, 0, false, 0, 0, now() from generate_series(1, 3) n`,
    [evaluationId],
  );
  await pool.query(
    `insert into "Score" ("evaluationId", item, repeat, metric, filter, value, weight) select $1, n, 0, 'acc', 'none', 1, 1 from generate_series(1, 3) n`,
    [evaluationId],
  );
  return id;
}

async function makeHardware(daysAgo: number): Promise<void> {
  const id = randomUUID();
  const at = new Date(Date.now() - daysAgo * day + 1_000);
  await database.prisma.worker.create({
    data: { id, node: 'a', poolId: '', labels: [], pid: 1, version: '0', machine: {} },
  });
  await database.prisma.hardwareSample.create({
    data: { workerId: id, at, cpu: 0, memoryUsedBytes: 0, memoryTotalBytes: 0, processRssBytes: 0, gpus: [] },
  });
}

async function withSamples(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select distinct r.name, r."createdAt" from "Run" r join "Evaluation" e on e."runId" = r.id join "Sample" s on s."evaluationId" = e.id order by 2`,
  );
  return rows.map(({ name }) => name);
}

const rule = (change: Partial<RetentionRuleValue>): RetentionRuleValue => ({
  subject: 'samples',
  suiteId: null,
  keepDays: null,
  keepRuns: null,
  ...change,
});

test('by default nothing of a run goes, and hardware after 30 days', async () => {
  await makeRun(suites.nightly, 400);
  await makeHardware(40);
  await makeHardware(20);
  expect(await pruneByRules(database.pool, await readRetention(database.pool))).toEqual({
    samples: 0,
    hardware: 1,
    logs: 0,
  });
});

test('by age: samples and scores go, the run is marked, its metrics and records stay; active runs are let alone', async () => {
  const old = await makeRun(null, 90);
  await makeRun(null, 10);
  await makeRun(null, 80, 'RUNNING');
  const rules = [rule({ keepDays: 30 })];
  expect(await countPrunable(database.pool, rules)).toEqual({ samples: 3, hardware: 0, logs: 0 });
  expect(await withSamples()).toHaveLength(3);
  expect((await pruneByRules(database.pool, rules)).samples).toBe(3);
  expect(await withSamples()).toEqual(['80 days ago', '10 days ago']);
  const run = await database.prisma.run.findUniqueOrThrow({
    where: { id: old },
    include: { evaluations: { include: { metrics: true } }, logs: true },
  });
  expect(run.samplesPrunedAt).toBeInstanceOf(Date);
  expect([run.evaluations[0]?.metrics.length, run.logs.length]).toEqual([1, 1]);
  expect(await database.prisma.score.count()).toBe(6);
  expect(await database.prisma.run.count({ where: { samplesPrunedAt: null } })).toBe(2);
  expect(await countPrunable(database.pool, rules)).toEqual({ samples: 0, hardware: 0, logs: 0 });
});

test('by the last runs of each suite, and a rule of the suite wins over the default', async () => {
  for (const days of [9, 8, 7]) await makeRun(suites.nightly, days);
  for (const days of [6, 5, 4]) await makeRun(suites.weekly, days);
  await pruneByRules(database.pool, [
    rule({ keepRuns: 2 }),
    rule({ suiteId: suites.weekly, keepDays: 4, keepRuns: 1 }),
  ]);
  // Of nightly the last two; of weekly the last one, and whatever is younger than four days.
  expect(await withSamples()).toEqual(['8 days ago', '7 days ago', '4 days ago']);
});

test('logs of runs by their rule, other lines by the default', async () => {
  await makeRun(suites.nightly, 50);
  await makeRun(suites.weekly, 50);
  await database.prisma.logLine.create({
    data: { level: 'info', message: 'worker', createdAt: new Date(Date.now() - 20 * day) },
  });
  const logs = { subject: 'logs' } as const;
  const counts = await pruneByRules(database.pool, [
    rule({ ...logs, keepDays: 10 }),
    rule({ ...logs, suiteId: suites.weekly }),
  ]);
  expect(counts.logs).toBe(2);
  expect(await database.prisma.logLine.count()).toBe(1);
});

test('hardware of a run stays when the rule of its suite keeps it', async () => {
  await makeRun(suites.nightly, 60);
  await makeHardware(60);
  await makeHardware(59);
  const hardware = { subject: 'hardware' } as const;
  const counts = await pruneByRules(database.pool, [
    rule({ ...hardware, keepDays: 30 }),
    rule({ ...hardware, suiteId: suites.nightly, keepRuns: 1 }),
  ]);
  expect(counts.hardware).toBe(1);
});

test('more rows than a statement deletes', async () => {
  await makeRun(null, 90);
  const evaluation = await database.prisma.evaluation.findFirstOrThrow();
  await database.pool.query(
    `insert into "Sample" (id, "evaluationId", item, repeat, "itemId", outcome, input, target, prediction, output, requests, "promptTokens",
       "outputTokens", "droppedTokens", "lengthStopped", "queueMs", "e2eMs", "startedAt")
     select gen_random_uuid(), $1, n, 0, n, 'OK', '', '', '', '', '[]', 1, 1, 0, false, 0, 0, now() from generate_series(10, 12000) n`,
    [evaluation.id],
  );
  expect((await pruneByRules(database.pool, [rule({ keepDays: 1 })])).samples).toBe(11_994);
});

test('more than one statement deletes is deleted, also where an item has repeats on both sides of the border', async () => {
  const id = await makeRun(null, 90);
  const other = await makeRun(null, 80);
  const { pool, prisma } = database;
  const columns = `"evaluationId", "itemId", outcome, input, target, prediction, output, requests, "promptTokens",
    "outputTokens", "droppedTokens", "lengthStopped", "queueMs", "e2eMs", "startedAt"`;
  await pool.query(
    `insert into "Sample" (id, item, repeat, ${columns})
     select gen_random_uuid(), 10 + n, r, ${columns} from "Sample" s
     cross join generate_series(1, 3400) n cross join generate_series(0, 2) r
     where s.item = 1 and s."evaluationId" = (select id from "Evaluation" where "runId" = $1)`,
    [id],
  );
  const statements: number[] = [];
  const counted = {
    query: async (text: string, values: unknown[]) => {
      const before = await prisma.sample.count();
      const answer = await pool.query(text, values);
      statements.push(before - (await prisma.sample.count()));
      return answer;
    },
  } as unknown as Pool;
  expect(await pruneByRules(counted, [rule({ keepDays: 30 })])).toMatchObject({ samples: 3 * 3400 + 6 });
  expect(Math.max(...statements)).toBe(5_000);
  const runs = await prisma.run.findMany({ where: { id: { in: [id, other] } } });
  expect(runs.map(({ samplesPrunedAt }) => samplesPrunedAt !== null)).toEqual([true, true]);
}, 30_000);
