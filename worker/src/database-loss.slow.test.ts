// A database that goes down in the middle of a run and comes back: the worker connects again, nothing is lost, nothing twice.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPool, migrate, startEmbeddedPostgres } from '@bancada/prisma';
import { expect, it } from 'vitest';
import { exampleSuite, makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { createRun, startWorker, untilRun } from './fixture/worker-process.ts';

const items = 150;
const suite = exampleSuite('latency_ms: 40, concurrency: 4').replace('answers.jsonl', '../answers.jsonl');

it('a run goes on after the server was stopped at once and started again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bancada-loss-'));
  chmodSync(folder, 0o755);
  using home = makeExampleHome(items);
  let server = await startEmbeddedPostgres({ home: folder });
  const pool = createPool(server.url);
  const database = { url: server.url, pool };
  try {
    await migrate(pool);
    await using worker = await startWorker(database, home.folder, { BANCADA_WORKER_CONCURRENCY: '1' });
    const runId = await createRun(database, suite);
    await untilRun(database, runId, ({ done }) => done >= items);
    // As `pg_ctl stop -m immediate` does: no checkpoint, every connection dropped.
    process.kill(
      Number(readFileSync(path.join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGQUIT',
    );
    await server.stop().catch(() => undefined);
    server = await startEmbeddedPostgres({ home: folder });
    expect(server.url).toBe(database.url);
    await untilRun(database, runId, ({ status }) => status === 'SUCCEEDED', 90_000);
    const { rows } = await pool.query(
      'select task, done, (select count(*)::int from "Sample" where "evaluationId" = "Evaluation".id) as rows from "Evaluation" order by position',
    );
    expect(rows).toEqual([
      { task: 'sums', done: items, rows: items },
      { task: 'choices', done: items, rows: items },
    ]);
    expect((await worker.end('SIGTERM')).code).toBe(0);
  } finally {
    await pool.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
