// What retention costs on a very large run: its samples deleted by the thousand, each statement short, memory flat.
// node prisma/bench/prune.bench.ts [samples] prints one JSON line a result.
import { createRun } from '../src/fixture/example-rows.ts';
import { fillWithSamples } from '../src/fixture/filled-evaluations.ts';
import { pruneByRules } from '../src/retention.ts';
import { query, type Sql } from '../src/sql.ts';
import { createTestDatabase } from '../src/test-database.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const longestLimitMs = 1_000;
const memoryLimitMb = 64;

const database = await createTestDatabase();
try {
  const { pool, prisma } = database;
  const { runId, evaluationIds } = await createRun(prisma, ['tiny', 'micro', 'small', 'large']);
  await fillWithSamples(pool, evaluationIds, total);
  await pool.query('vacuum analyze');
  const finishedAt = new Date('2020-01-01');
  await prisma.run.update({ where: { id: runId }, data: { status: 'SUCCEEDED', finishedAt } });

  let longestMs = 0;
  let mostBytes = 0;
  const before = process.memoryUsage.rss();
  const timed: Sql = {
    async query(...args: Parameters<typeof pool.query>) {
      const started = performance.now();
      const answer = await pool.query(...args);
      longestMs = Math.max(longestMs, performance.now() - started);
      mostBytes = Math.max(mostBytes, process.memoryUsage.rss() - before);
      return answer;
    },
  } as unknown as Sql;
  const started = performance.now();
  const rules = [{ subject: 'samples', suiteId: null, keepDays: 30, keepRuns: null } as const];
  const { samples } = await pruneByRules(timed, rules);
  const seconds = (performance.now() - started) / 1000;
  const [left] = await query<{ n: number }>(pool, 'select count(*)::int as n from "Sample"');
  if (samples !== total || left?.n !== 0) throw new Error(`deleted ${samples} of ${total}, left ${left?.n}`);
  print(`prune: ${total} samples of one run`, Math.round(total / seconds), 'samples/s');
  print('prune: the longest statement', Math.round(longestMs), 'ms', longestLimitMs);
  print('prune: memory of the process grows by', Math.round(mostBytes / 1e6), 'MB', memoryLimitMb);
} finally {
  await database.close();
}

function print(name: string, value: number, unit: string, limit?: number): void {
  const judged = limit === undefined ? {} : { limit: `< ${limit}`, pass: value < limit };
  console.log(JSON.stringify({ name, value, unit, ...judged }));
}
