// The fast CSV is core's CSV, byte for byte.
import { exporters } from '@bancada/core';
import { createTestDatabase, insertSamples, PostgresReader, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyRows } from './copy-rows.ts';
import { exampleRun } from './fixture/example-run.ts';
import { samplesCsv } from './samples-csv.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function text(pieces: AsyncIterable<string | Uint8Array>): Promise<string> {
  return Buffer.concat((await Array.fromAsync(pieces)).map((piece) => Buffer.from(piece))).toString();
}

test.each([
  {},
  { bom: true, delimiter: ';' },
  { delimiter: '\t', escape: 'none' as const },
  { delimiter: '\\' },
  { delimiter: '·' },
])('with %j', async (options) => {
  const { runId, evaluationIds } = await exampleRun(database, {
    samples: 9,
    score: (item) => [0.1 + 0.2, 1e-7, -3.25e-5, 1e21, 0, 1.5e-300, 123456789012345680000, 1e14][item] ?? 1,
  });
  const hostile = [
    '-1',
    '+1',
    '@x',
    '\tx',
    'a,b;c',
    'say "x"',
    'two\r\nlines',
    'one\nmore',
    '-,"',
    '＝1',
    '',
  ];
  await insertSamples(
    database.pool,
    evaluationIds[0] ?? '',
    hostile.map((output, index) => ({
      evaluationId: '',
      item: 100 + index,
      repeat: 1,
      itemId: output,
      outcome: { status: 'ok' },
      input: output,
      target: output,
      prediction: output,
      output,
      group: output,
      requests: [],
      retrieved: [0, 1].map((rank) => ({
        id: `d#${rank}`,
        documentId: 'd',
        index: rank,
        text: 't',
        start: 0,
        end: 1,
        rank,
        score: 1,
      })),
      goldRetrieved: true,
      scores: [],
      tokens: { prompt: 1, output: 1, dropped: 0 },
      timing: { queueMs: 0.000012, e2eMs: 1234.5678 },
      startedAt: '2026-11-01T10:00:00.100Z',
    })),
  );
  const theirs = await text(exporters.csv.export(new PostgresReader(database.pool, runId), runId, options));
  const ours = await text(samplesCsv(database.pool, runId, options));
  expect(ours).toBe(theirs);
});

test('a reader who leaves in the middle ends the statement', async () => {
  // More than the connection can hold on its way.
  const pieces = copyRows(database.pool, `select repeat('x', 1000) from generate_series(1, 200000)`, ',');
  await pieces.next();
  const copies = `select 1 from pg_stat_activity where datname = current_database() and query like 'copy (%' and state = 'active'`;
  const running = (await database.pool.query(copies)).rowCount;
  await pieces.return(undefined);
  expect(running).toBe(1);
  await expect.poll(async () => (await database.pool.query(copies)).rowCount, { timeout: 10_000 }).toBe(0);
});
