// What the lists cost: 50 of 10,000 runs, 50 of 1,000,000 samples, filtered, sorted and from deep inside, p95 over many questions.
// node prisma/bench/lists.bench.ts [samples] prints one JSON line a result.
import { createRun } from '../src/fixture/example-rows.ts';
import { fillWithSamples } from '../src/fixture/filled-evaluations.ts';
import { listSamples, type SamplePageOptions, type SamplePosition } from '../src/samples-read.ts';
import { createTestDatabase } from '../src/test-database.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const runs = 10_000;
const rounds = 60;
const limitMs = 50;
const page = 50;
const models = ['tiny', 'micro', 'small', 'large'];

const database = await createTestDatabase();
try {
  const { runId, evaluationIds } = await createRun(database.prisma, models);
  await fillWithSamples(database.pool, evaluationIds, total);
  await database.pool.query(
    `insert into "Run" (id, name, config, status, "createdAt")
     select gen_random_uuid(), 'run ' || n, repeat('x', 2000), (array['SUCCEEDED', 'FAILED', 'RUNNING'])[1 + n % 3]::"RunStatus",
       now() - n * interval '1 minute' from generate_series(1, $1::int) n`,
    [runs],
  );
  await database.pool.query('vacuum analyze');

  await report(`runs: ${page} of ${runs}, newest first`, (round) => listRuns(round, undefined));
  await report(`runs: ${page} of ${runs}, one status`, (round) => listRuns(round, 'FAILED'));
  const depth = Math.floor(total / models.length / 2);
  for (const field of ['ITEM', 'SCORE', 'LATENCY'] as const) {
    for (const direction of ['ASC', 'DESC'] as const) {
      const sort = { field, direction };
      const ask = (options: Partial<SamplePageOptions>) =>
        listSamples(database.prisma, runId, { first: page, sort, ...options });
      const places = await Promise.all(evaluationIds.map((id) => placeOf(id, depth, field)));
      const name = `samples: ${page} of ${total} by ${field} ${direction}`;
      await report(name, () => ask({}));
      await report(`${name}, from the middle`, (round) => ask({ after: places[round % places.length] }));
      await report(`${name}, wrong ones of a model`, (round) =>
        ask({ filter: { outcome: 'WRONG', model: models[round % models.length] } }),
      );
      await report(`${name}, failed ones`, () => ask({ filter: { outcome: 'FAILED' } }));
    }
  }
  const search = (text: string) =>
    listSamples(database.prisma, runId, { first: page, filter: { search: text } });
  await report('samples: search for what most have', () => search('harbour answer'));
  await report('samples: search for what one has', (round) => search(` ${1000 + round * 7}?`));

  function listRuns(round: number, status: 'FAILED' | undefined): Promise<unknown[]> {
    return database.prisma.run.findMany({
      where: {
        ...(status && { status }),
        createdAt: { lt: new Date(Date.now() - (round % 50) * 60_000 * 100) },
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page + 1,
      omit: { config: true, snapshot: true },
    });
  }

  async function placeOf(
    evaluationId: string,
    item: number,
    field: 'ITEM' | 'SCORE' | 'LATENCY',
  ): Promise<SamplePosition> {
    const row = await database.prisma.sample.findFirstOrThrow({ where: { evaluationId, item } });
    const value = { ITEM: null, SCORE: row.score, LATENCY: row.e2eMs }[field];
    return { evaluationId, item, repeat: 0, value };
  }
} finally {
  await database.close();
}

async function report(name: string, ask: (round: number) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await ask(round);
    times.push(performance.now() - start);
  }
  const p95 = times.toSorted((a, b) => a - b)[Math.ceil(rounds * 0.95) - 1] ?? 0;
  const value = Number(p95.toFixed(1));
  console.log(JSON.stringify({ name, value, unit: 'ms p95', limit: `< ${limitMs}`, pass: p95 < limitMs }));
}
