// Counters in the database: added up whoever writes them, at the same moment too, and undone with their transaction.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTelemetry, TelemetryBatch } from './telemetry.ts';
import { storedMetrics } from './telemetry-metrics.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('histograms count by bucket: at a bound, below the first, beyond the last', async () => {
  const [first = 0, ...others] = storedMetrics.bancada_request_duration_seconds.buckets;
  const last = others.at(-1) ?? 0;
  const batch = new TelemetryBatch();
  batch.observe('bancada_request_duration_seconds', ['m'], first, first / 2, last * 2);
  batch.observe('bancada_request_duration_seconds', ['m']);
  await batch.write(database.pool);
  const [series] = await readTelemetry(database.pool, 'bancada_request_duration_seconds', 10);
  expect(series?.labels).toEqual(['m']);
  expect(series?.value).toBeCloseTo(first * 1.5 + last * 2);
  expect(series?.buckets).toHaveLength(others.length + 2);
  expect([series?.buckets[0], series?.buckets.at(-1)]).toEqual([2, 1]);
});

test('many writers at once, in any order: nothing lost, nobody waits for ever', async () => {
  const models = Array.from({ length: 8 }, (_, index) => `model "${index}"`);
  await Promise.all(
    Array.from({ length: 20 }, async (_, writer) => {
      const batch = new TelemetryBatch();
      for (const model of writer % 2 ? models : models.toReversed()) {
        batch.add('bancada_tokens_total', [model, 'input'], 5);
        batch.observe('bancada_time_to_first_token_seconds', [model], 0.02, 0.2);
      }
      await batch.write(database.pool);
    }),
  );
  const tokens = await readTelemetry(database.pool, 'bancada_tokens_total', 100);
  expect(tokens.map(({ labels }) => labels[0]).toSorted()).toEqual(models);
  expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set([100]));
  const first = await readTelemetry(database.pool, 'bancada_time_to_first_token_seconds', 100);
  for (const { buckets } of first) expect(buckets.reduce((sum, count) => sum + count, 0)).toBe(40);
});

test('what is rolled back was not counted; nothing counts down', async () => {
  const client = await database.pool.connect();
  await client.query('begin');
  const batch = new TelemetryBatch();
  batch.add('bancada_runs_total', ['failed']);
  await batch.write(client);
  await client.query('rollback');
  client.release();
  const negative = new TelemetryBatch();
  negative.add('bancada_runs_total', ['failed'], -1);
  await negative.write(database.pool);
  expect(await readTelemetry(database.pool, 'bancada_runs_total', 10)).toEqual([]);
});
