// Rules of retention over GraphQL: saved whole or not at all, their effect told before it happens; what a pruned run still gives.
import { pruneByRules, readRetention } from '@bancada/prisma';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleRun } from './fixture/example-run.ts';
import { startTestApi, type TestApi } from './fixture/test-api.ts';

let api: TestApi;
let runId: string;
let suiteId: string;

beforeAll(async () => {
  api = await startTestApi();
  suiteId = (await api.services.prisma.suite.create({ data: { name: 'nightly' } })).id;
  ({ runId } = await exampleRun(api.services));
  const old = { createdAt: new Date('2025-01-01'), finishedAt: new Date('2025-01-02') };
  await api.services.prisma.run.update({ where: { id: runId }, data: { suiteId, ...old } });
});
afterAll(() => api.close());

const rulesQuery = '{ retentionRules { subject suite { name } keepDays keepRuns } }';
const save = `mutation ($rules: [RetentionRuleInput!]!, $now: Boolean) { saveRetentionRules(rules: $rules, pruneNow: $now) {
  __typename ... on ValidationError { issues { path message value } }
  ... on MutationSaveRetentionRulesSuccess { data { subject keepDays keepRuns suite { name } } } } }`;

test('the defaults: hardware for 30 days, the rest for ever', async () => {
  expect(await api.query(rulesQuery)).toEqual({
    retentionRules: [
      { subject: 'SAMPLES', suite: null, keepDays: null, keepRuns: null },
      { subject: 'HARDWARE', suite: null, keepDays: 30, keepRuns: null },
      { subject: 'LOGS', suite: null, keepDays: null, keepRuns: null },
    ],
  });
});

test('what rules would delete is told, and nothing is deleted', async () => {
  const rules = [{ subject: 'SAMPLES', keepDays: 30 }];
  const preview =
    'query ($rules: [RetentionRuleInput!]) { retentionPreview(rules: $rules) { samples hardware logs } }';
  expect(await api.query(preview, { rules })).toEqual({
    retentionPreview: { samples: 12, hardware: 0, logs: 0 },
  });
  expect((await api.query<{ retentionPreview: { samples: number } }>(preview)).retentionPreview.samples).toBe(
    0,
  );
  expect(await api.services.prisma.sample.count()).toBe(12);
});

test('wrong rules are named by their place, and none is saved', async () => {
  const rules = [
    { subject: 'SAMPLES', keepDays: 0 },
    { subject: 'HARDWARE', keepRuns: 5 },
    { subject: 'LOGS', suiteId: '019a0000-0000-7000-8000-0000000000aa' },
    { subject: 'SAMPLES', keepRuns: 3 },
  ];
  const { saveRetentionRules } = await api.query<{
    saveRetentionRules: { __typename: string; issues: { path: string }[] };
  }>(save, { rules });
  expect(saveRetentionRules.__typename).toBe('ValidationError');
  expect(saveRetentionRules.issues.map(({ path }) => path)).toEqual([
    'rules[0].keepDays',
    'rules[1].keepRuns',
    'rules[2].suiteId',
    'rules[3]',
  ]);
  expect(await api.services.prisma.retentionRule.count()).toBe(0);
});

test('saved rules replace those before, and the job is there when it is to be done now', async () => {
  await api.query(save, { rules: [{ subject: 'LOGS', keepDays: 9 }], now: false });
  const rules = [
    { subject: 'SAMPLES', keepDays: 30 },
    { subject: 'SAMPLES', suiteId, keepRuns: 1 },
  ];
  expect(await api.query(save, { rules, now: true })).toMatchObject({
    saveRetentionRules: {
      data: expect.arrayContaining([
        { subject: 'SAMPLES', keepDays: null, keepRuns: 1, suite: { name: 'nightly' } },
      ]),
    },
  });
  expect(await api.services.prisma.retentionRule.count()).toBe(2);
  const { rows } = await api.services.pool.query(
    `select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'prune'`,
  );
  expect(rows).toHaveLength(1);
});

test('a run whose samples went says so, and gives its metrics all the same', async () => {
  await api.query(save, { rules: [{ subject: 'SAMPLES', keepDays: 30 }] });
  await pruneByRules(api.services.pool, await readRetention(api.services.pool));
  const { run } = await api.query<{ run: { samplesPrunedAt: string; metrics: unknown[] } }>(
    'query ($id: ID!) { run(id: $id) { samplesPrunedAt metrics { name } samples(first: 1) { nodes { id } } } }',
    { id: runId },
  );
  expect(run).toMatchObject({ samplesPrunedAt: expect.any(String), samples: { nodes: [] } });
  expect(run.metrics).toHaveLength(4);
  const get = (part: string) => fetch(`${api.url}/api/v1/runs/${runId}/${part}`);
  for (const part of ['samples', 'export?format=csv', 'export?format=parquet']) {
    const gone = await get(part);
    expect([gone.status, (await gone.json()).detail]).toEqual([410, expect.stringContaining('retention')]);
  }
  expect((await get('samples?partial=true')).status).toBe(200);
  expect(await (await get('metrics')).json()).toHaveLength(4);
  expect((await get('export?format=markdown')).status).toBe(200);
  const { retryFailedSamples } = await api.query<{ retryFailedSamples: { __typename: string } }>(
    'mutation ($id: ID!) { retryFailedSamples(id: $id) { __typename } }',
    { id: runId },
  );
  expect(retryFailedSamples.__typename).toBe('ConflictError');
});

test('disks tell when they are nearly full', async () => {
  await api.services.prisma.hardwareSample.updateMany({ data: { diskUsedBytes: 95, diskTotalBytes: 100 } });
  await api.services.prisma.worker.updateMany({ data: { hubCacheBytes: 7 } });
  expect(await api.query('{ disks { node usedBytes totalBytes hubCacheBytes nearlyFull } }')).toEqual({
    disks: [{ node: 'bench-1', usedBytes: 95, totalBytes: 100, hubCacheBytes: 7, nearlyFull: true }],
  });
});
