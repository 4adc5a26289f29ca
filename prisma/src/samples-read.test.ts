// Pages of samples are complete and in order, whatever the sort, the filter and the page size.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sample } from '../generated/client.ts';
import { createRun } from './fixture/example-rows.ts';
import { variedSample } from './fixture/many-samples.ts';
import {
  countSamples,
  listSamples,
  type SampleFilter,
  type SamplePosition,
  type SampleSort,
} from './samples-read.ts';
import { insertSamples } from './samples-write.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let runId: string;
let evaluationIds: string[];
let all: Sample[];

beforeAll(async () => {
  database = await createTestDatabase();
  ({ runId, evaluationIds } = await createRun(database.prisma, ['large', 'small', 'other']));
  for (const [offset, id] of evaluationIds.entries()) {
    const samples = Array.from({ length: 60 }, (_, item) => ({ ...variedSample(item * 3 + offset), item }));
    await insertSamples(database.pool, id, [...samples, { ...variedSample(900), repeat: 1 }].toReversed());
  }
  const { evaluationIds: elsewhere } = await createRun(database.prisma);
  await insertSamples(database.pool, elsewhere[0] ?? '', [variedSample(1)]);
  all = await database.prisma.sample.findMany({ where: { evaluationId: { in: evaluationIds } } });
});
afterAll(() => database.close());

/** Every sample by pages of 7. */
async function walk(filter: SampleFilter, sort: SampleSort): Promise<Sample[]> {
  const found: Sample[] = [];
  let after: SamplePosition | undefined;
  while (true) {
    const page = await listSamples(database.prisma, runId, { filter, sort, first: 7, after });
    found.push(...page.samples);
    after = page.samples.at(-1)?.position;
    if (!page.hasNextPage) return found;
    // A cursor is text.
    after = JSON.parse(JSON.stringify(after));
  }
}

const value = {
  ITEM: () => 0,
  SCORE: (sample: Sample) => sample.score ?? Number.NEGATIVE_INFINITY,
  LATENCY: (sample: Sample) => sample.e2eMs,
};

function inOrder(samples: readonly Sample[], { field, direction }: SampleSort): string[] {
  const keys = (sample: Sample) => [
    value[field](sample),
    evaluationIds.indexOf(sample.evaluationId),
    sample.item,
    sample.repeat,
  ];
  const ascending = samples.toSorted((a, b) => {
    const [left, right] = [keys(a), keys(b)];
    const at = left.findIndex((part, index) => part !== right[index]);
    return (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1;
  });
  return (direction === 'ASC' ? ascending : ascending.toReversed()).map(({ id }) => id);
}

const sorts = (['ITEM', 'SCORE', 'LATENCY'] as const).flatMap((field) =>
  (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })),
);

describe.each(sorts)('pages by $field $direction', (sort) => {
  it('give every sample once, in order', async () => {
    const walked = await walk({}, sort);
    expect(walked.map(({ id }) => id)).toEqual(inOrder(all, sort));
  });

  it('give the wrong ones of one model', async () => {
    const walked = await walk({ outcome: 'WRONG', model: 'small' }, sort);
    const wanted = all.filter(
      ({ evaluationId, outcome }) => evaluationId === evaluationIds[1] && outcome === 'WRONG',
    );
    expect(wanted.length).toBeGreaterThan(8);
    expect(walked.map(({ id }) => id)).toEqual(inOrder(wanted, sort));
  });

  it('give those whose score is in a range, ends included', async () => {
    const scores = all.flatMap(({ score }) => score ?? []).toSorted((a, b) => a - b);
    const [minScore, maxScore] = [scores[20] ?? 0, scores[100] ?? 0];
    const walked = await walk({ minScore, maxScore }, sort);
    const wanted = all.filter(({ score }) => score !== null && score >= minScore && score <= maxScore);
    expect(wanted.length).toBeGreaterThan(8);
    expect(walked.map(({ id }) => id)).toEqual(inOrder(wanted, sort));
    expect(await countSamples(database.prisma, runId, { minScore, maxScore })).toBe(wanted.length);
  });

  it('give what a search finds', async () => {
    const walked = await walk({ search: 'LISBON seven' }, sort);
    const wanted = all.filter(({ input }) => input.includes('Lisbon seven'));
    expect(wanted.length).toBeGreaterThan(8);
    expect(walked.map(({ id }) => id)).toEqual(inOrder(wanted, sort));
  });
});

it('gives whole rows, the same over pg and over Prisma', async () => {
  const options = { first: 3, sort: { field: 'SCORE', direction: 'ASC' } } as const;
  const page = await listSamples(database.prisma, runId, options);
  const [{ position, ...row }] = page.samples as [(typeof page.samples)[number]];
  expect(row).toEqual(all.find(({ id }) => id === row.id));
  expect(position).toMatchObject({ item: row.item, value: row.score });
  expect(await listSamples(database.pool, runId, options)).toEqual(page);
});

it('counts by filter', async () => {
  const wrong = all.filter(({ outcome }) => outcome === 'WRONG').length;
  expect(await countSamples(database.prisma, runId)).toBe(183);
  expect(await countSamples(database.prisma, runId, { outcome: 'WRONG' })).toBe(wrong);
  expect(await countSamples(database.prisma, runId, { outcome: 'WRONG', search: 'no such text' })).toBe(0);
});

it('takes the signs of LIKE in a search as they are', async () => {
  expect(await countSamples(database.prisma, runId, { search: '%' })).toBe(0);
  expect(await countSamples(database.prisma, runId, { search: '_' })).toBe(0);
  expect(await countSamples(database.prisma, runId, { search: '?' })).toBe(183);
});

it('gives an empty page for a run that is not there, and after a sample of another evaluation', async () => {
  const nobody = '00000000-0000-7000-8000-000000000000';
  const empty = { samples: [], hasNextPage: false };
  expect(await listSamples(database.prisma, nobody, { first: 5 })).toEqual(empty);
  const after = { evaluationId: nobody, item: 1, repeat: 0, value: null };
  expect(await listSamples(database.prisma, runId, { first: 5, after })).toEqual(empty);
});
