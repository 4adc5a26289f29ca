// How many samples a second get through a worker process into a durable Postgres, with progress, events, logs and hardware on.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPool, migrate, startEmbeddedPostgres } from '@bancada/prisma';
import { exampleSuite, makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { createRun, startWorker, untilRun } from '../src/fixture/worker-process.ts';

const items = 10_000;
// The best of them: what else the machine does must not count.
const rounds = 3;
const limit = 3_000;

const home = mkdtempSync(path.join(tmpdir(), 'bancada-ingest-'));
chmodSync(home, 0o755);
const server = await startEmbeddedPostgres({ home });
try {
  const pool = createPool(server.url);
  await migrate(pool);
  const database = { url: server.url, pool };
  using example = makeExampleHome(items);
  await using worker = await startWorker(database, example.folder, { LOG_LEVEL: 'info' });
  const suite = exampleSuite().replace('answers.jsonl', '../answers.jsonl');
  await measure(500);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) rates.push(await measure(undefined));
  const rate = Math.max(...rates);
  const { rows } = await pool.query<{ events: number; hardware: number }>(
    'select (select count(*)::int from "RunEvent") as events, (select count(*)::int from "HardwareSample") as hardware',
  );
  console.log(
    JSON.stringify({
      name: 'ingest: samples per second through worker into Postgres',
      value: Math.round(rate),
      unit: 'samples/s',
      limit: `>= ${limit}`,
      pass: rate >= limit,
      note: `${2 * items} samples of a generated and a multiple-choice task, scripted provider, fsync on, from start to final status, best of ${rounds}; ${rows[0]?.events} events, ${rows[0]?.hardware} hardware samples`,
    }),
  );
  await worker.end('SIGTERM');
  await pool.end();

  async function measure(most: number | undefined): Promise<number> {
    const runId = await createRun(database, suite, most);
    const state = await untilRun(database, runId, ({ status }) => status === 'SUCCEEDED', 120_000);
    const { rows } = await pool.query<{ seconds: number }>(
      'select extract(epoch from "finishedAt" - "startedAt")::float8 as seconds from "Run" where id = $1',
      [runId],
    );
    return state.done / (rows[0]?.seconds ?? Number.POSITIVE_INFINITY);
  }
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
