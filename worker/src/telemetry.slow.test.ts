// What real workers count: the same as what they stored, though one was killed; names of registries alone.
import { createTestDatabase, readTelemetry, type StoredMetricName, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleSuite, makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { createRun, startWorker, untilRun } from './fixture/worker-process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const ended = ({ status }: { status: string }) => status === 'SUCCEEDED' || status === 'FAILED';

async function counted(name: StoredMetricName): Promise<Record<string, number>> {
  const rows = await readTelemetry(database.pool, name, 1_000);
  return Object.fromEntries(
    rows.map(({ labels, value, buckets }) => [
      labels.join(' '),
      buckets.length === 0 ? value : buckets.reduce((sum, count) => sum + count, 0),
    ]),
  );
}

it('counts each sample once, whoever was killed, and retrievals, jobs and runs', async () => {
  using home = makeExampleHome(300);
  const suite = exampleSuite(
    'fail_every: 50, latency_ms: 10, concurrency: 2',
    'rag: [{name: words, corpus: orlan, chunker: {name: fixed, size: 64, overlap: 0}, retriever: {name: bm25, k: 1}}]',
  )
    .replace('answers.jsonl', '../answers.jsonl')
    .replace('tasks: [sums, choices]', 'tasks: [sums, choices, lookups]');
  await database.pool.query(`insert into "Task" (id, name) values (gen_random_uuid(), 'sums')`);
  await database.pool.query(
    `insert into "Model" (id, name, kind, provider, options, variants, "updatedAt")
     values (gen_random_uuid(), 'echo', 'language', 'scripted', '{}', '{}', now())`,
  );
  const first = await startWorker(database, home.folder);
  const runId = await createRun(database, suite);
  await untilRun(database, runId, ({ done }) => done > 50);
  await first.end('SIGKILL');
  await using _second = await startWorker(database, home.folder);
  expect(await untilRun(database, runId, ended)).toMatchObject({ status: 'SUCCEEDED', done: 606 });
  const { rows } = await database.pool.query<{ labels: string; n: number }>(
    `select (case when task = 'sums' then task else 'unregistered' end) || ' echo ' ||
       (case when s.failure is null then 'ok' else 'failed' end) as labels, count(*)::int as n
     from "Sample" s join "Evaluation" e on e.id = s."evaluationId" group by 1`,
  );
  expect(await counted('bancada_samples_total')).toEqual(
    Object.fromEntries(rows.map(({ labels, n }) => [labels, n])),
  );
  expect(await counted('bancada_runs_total')).toEqual({ succeeded: 1 });
  const stored = await database.pool.query(
    `select sum("promptTokens")::int as input, sum("outputTokens")::int as output, sum(jsonb_array_length(requests))::int as requests,
       sum("interTokenGaps")::int as gaps, count(*) filter (where failure is not null)::int as failed from "Sample"`,
  );
  const { input, output, requests, gaps, failed } = stored.rows[0];
  const tokens = await counted('bancada_tokens_total');
  expect([tokens['echo input'] ?? 0, tokens['echo output'] ?? 0]).toEqual([input, output]);
  expect(await counted('bancada_request_duration_seconds')).toEqual({ echo: requests });
  expect((await counted('bancada_inter_token_latency_seconds')).echo ?? 0).toBe(gaps);
  const { 'echo retried': _retried, ...errors } = await counted('bancada_request_errors_total');
  expect(Object.values(errors).reduce((sum, count) => sum + count, 0)).toBe(failed);
  expect((await counted('bancada_retrieval_duration_seconds'))['orlan search']).toBeGreaterThanOrEqual(3);
  // A job is counted a moment after its run has ended.
  await expect
    .poll(async () => (await counted('bancada_job_duration_seconds'))['finish-run ok'], { timeout: 10_000 })
    .toBeGreaterThan(0);
  expect((await counted('bancada_job_wait_seconds'))['run-shard']).toBeGreaterThanOrEqual(2);
});
