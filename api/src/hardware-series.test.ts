// Hardware of a stretch of time as series, on a real Postgres.
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hardwareSeries } from './hardware-series.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('draws one series for a machine, whatever workers came and went on it', async () => {
  const node = 'restarted';
  const [before, after] = [randomUUID(), randomUUID()];
  const startedAt = new Date('2026-11-01T12:00:00Z');
  const at = (second: number) => new Date(startedAt.getTime() + second * 1_000);
  for (const id of [before, after]) {
    await database.prisma.worker.create({
      data: {
        id,
        node,
        labels: [],
        version: '1',
        pid: 1,
        poolId: '',
        machine: {},
        startedAt,
        heartbeatAt: startedAt,
      },
    });
  }
  const reading = { cpu: 0.5, memoryUsedBytes: 2, memoryTotalBytes: 4, processRssBytes: 10, gpus: [] };
  // The two live side by side in the tenth second.
  const seconds = [
    ...[0, 5, 10].map((second) => [before, second] as const),
    [after, 10.5] as const,
    [after, 15] as const,
  ];
  await database.prisma.hardwareSample.createMany({
    data: seconds.map(([workerId, second]) => ({ workerId, at: at(second), ...reading })),
  });
  const series = await hardwareSeries(database.pool, { from: at(0), to: at(20) }, 100);
  const valuesOf = (metric: string) =>
    series
      .filter((one) => one.node === node && one.metric === metric)
      .map(({ points }) => points.map(({ value }) => value));
  expect(valuesOf('cpu')).toEqual([[0.5, 0.5, 0.5, 0.5, 0.5]]);
  expect(valuesOf('processRss')).toEqual([[10, 10, 10, 20, 10]]);
});
