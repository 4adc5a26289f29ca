// Bulk writes keep every part of a sample, count what is new and replace failures.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createRun, exampleSample, failedSample } from './fixture/example-rows.ts';
import { insertSamples } from './samples-write.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let evaluationId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { evaluationIds } = await createRun(database.prisma);
  evaluationId = evaluationIds[0] ?? '';
});
afterAll(() => database.close());

it('keeps every part of a sample', async () => {
  const retrieved = [
    { id: 'd#0', documentId: 'd', index: 0, text: 't', start: 0, end: 1, rank: 1, score: 0.5 },
  ];
  const sample = exampleSample(3, {
    group: 'g',
    choices: 4,
    goldRetrieved: true,
    documentRecall: 0.5,
    reciprocalRank: 1,
    relevantDocuments: ['d', 'e'],
    retrieved,
    output: 'a☃"\\\n',
  });
  expect(await insertSamples(database.pool, evaluationId, [sample])).toBe(1);
  const row = await database.prisma.sample.findFirstOrThrow({
    where: { evaluationId },
    include: { scores: true },
  });
  expect(row).toMatchObject({
    item: 3,
    itemId: 'id-3',
    outcome: 'CORRECT',
    failure: null,
    output: 'a☃"\\\n',
    group: 'g',
    choices: 4,
    requests: sample.requests,
    retrieved,
    goldRetrieved: true,
    documentRecall: 0.5,
    reciprocalRank: 1,
    relevantDocuments: ['d', 'e'],
    score: 1,
    promptTokens: 20,
    lengthStopped: false,
    ttftMs: 10,
    e2eMs: 33,
    interTokenMs: 5,
    interTokenGaps: 2,
    startedAt: new Date(sample.startedAt),
    scores: [{ metric: 'exact_match', filter: 'none', value: 1, weight: 1 }],
  });
  expect(row.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('counts what is new, leaves answers alone and replaces failures, with their scores', async () => {
  expect(await insertSamples(database.pool, evaluationId, [exampleSample(0), failedSample(1)])).toBe(2);
  const again = [exampleSample(0, { prediction: 'x' }), exampleSample(1), exampleSample(2)];
  expect(await insertSamples(database.pool, evaluationId, again)).toBe(2);
  expect(await insertSamples(database.pool, evaluationId, again)).toBe(0);
  const rows = await database.prisma.sample.findMany({
    where: { evaluationId },
    orderBy: { item: 'asc' },
    include: { scores: true },
  });
  expect(rows.map(({ prediction, outcome, scores }) => [prediction, outcome, scores.length])).toEqual([
    ['2', 'CORRECT', 1],
    ['2', 'CORRECT', 1],
    ['2', 'CORRECT', 1],
  ]);
});

it('tells right from wrong, and from what is neither', async () => {
  const score = (value: number) => [{ metric: 'm', filter: 'none', value, weight: 1 }];
  const values = [1, 0.5, 0, -12.5];
  const samples = values.map((value, item) => exampleSample(item, { scores: score(value) }));
  await insertSamples(database.pool, evaluationId, [
    ...samples,
    failedSample(9),
    exampleSample(10, { scores: [] }),
  ]);
  const rows = await database.prisma.sample.findMany({ where: { evaluationId }, orderBy: { item: 'asc' } });
  expect(rows.map((row) => row.outcome)).toEqual(['CORRECT', 'WRONG', 'WRONG', 'OK', 'FAILED', 'OK']);
});

it('keeps texts that Postgres has no room for: U+0000 and halves of surrogate pairs become U+FFFD', async () => {
  const requests = [{ ...exampleSample(0).requests[0], text: 'a\0b\ud83d' }] as never;
  await insertSamples(database.pool, evaluationId, [exampleSample(0, { output: 'a\0b\ud83d', requests })]);
  const row = await database.prisma.sample.findFirstOrThrow({ where: { evaluationId } });
  expect([row.output, (row.requests as { text: string }[])[0]?.text]).toEqual([
    'a\ufffdb\ufffd',
    'a\ufffdb\ufffd',
  ]);
});

it('writes nothing when the transaction around it fails', async () => {
  const attempt = database.prisma.$transaction(async (transaction) => {
    await insertSamples(transaction, evaluationId, [exampleSample(0)]);
    throw new Error('no');
  });
  await expect(attempt).rejects.toThrow('no');
  expect(await database.prisma.sample.count({ where: { evaluationId } })).toBe(0);
});
