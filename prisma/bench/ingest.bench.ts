// Samples per second into Postgres: one bulk statement a batch, against Prisma's createMany with the same rows and indexes.
import { createRun } from '../src/fixture/example-rows.ts';
import { variedSample } from '../src/fixture/many-samples.ts';
import { sampleColumns } from '../src/sample-columns.ts';
import { insertSamples } from '../src/samples-write.ts';
import { createTestDatabase } from '../src/test-database.ts';

const batch = 250;
const total = Number(process.argv[2] ?? 20_000);
const limit = 3_000;

const database = await createTestDatabase();
try {
  const samples = Array.from({ length: total }, (_, item) => variedSample(item));
  const { evaluationIds } = await createRun(database.prisma, ['warm-up', 'bulk', 'peer']);
  const [warmUp = '', bulk = '', peer = ''] = evaluationIds;
  await insertSamples(database.pool, warmUp, samples.slice(0, 1000));

  const ours = await rate(async (part) => {
    await insertSamples(database.pool, bulk, part);
  });
  const theirs = await rate(async (part) => {
    await database.prisma.$transaction([
      database.prisma.sample.createMany({
        data: part.map((sample) => ({ evaluationId: peer, ...row(sample) })) as never,
        skipDuplicates: true,
      }),
      database.prisma.score.createMany({
        data: part.flatMap(({ item, repeat, scores }) =>
          scores.map((score) => ({ evaluationId: peer, item, repeat, ...score })),
        ),
        skipDuplicates: true,
      }),
    ]);
  });
  const result = {
    name: 'ingest: samples with two scores each into Postgres',
    value: Math.round(ours),
    unit: 'samples/s',
    peer: Math.round(theirs),
    ratio: Number((ours / theirs).toFixed(2)),
    limit: `>= ${limit}`,
    pass: ours >= limit,
    note: `${total} samples in batches of ${batch}, every index; peer: Prisma createMany of samples and scores`,
  };
  console.log(JSON.stringify(result));

  async function rate(write: (part: typeof samples) => Promise<void>): Promise<number> {
    const start = performance.now();
    for (let from = 0; from < total; from += batch) await write(samples.slice(from, from + batch));
    return total / ((performance.now() - start) / 1000);
  }
} finally {
  await database.close();
}

function row(sample: ReturnType<typeof variedSample>): Record<string, unknown> {
  const json = ['requests', 'retrieved'];
  return Object.fromEntries(
    sampleColumns.map(({ name, value }) => {
      const given = value(sample);
      return [name, json.includes(name) ? (given === null ? undefined : JSON.parse(String(given))) : given];
    }),
  );
}
