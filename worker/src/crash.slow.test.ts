// What workers survive: kill -9, SIGSTOP and SIGTERM in the middle of a run; and pause, resume and cancel, within 2 s.
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleSuite, makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { ask, createRun, runState, startWorker, untilRun } from './fixture/worker-process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

// 300 samples in 4 s: 100 generated ones, and 200 of three requests each.
const slow = exampleSuite('latency_ms: 40, concurrency: 4').replace('answers.jsonl', '../answers.jsonl');
const items = 150;
const one = { BANCADA_WORKER_CONCURRENCY: '1' };

async function samplesOnce(runId: string): Promise<void> {
  const { rows } = await database.pool.query(
    `select task, count(*)::int as rows, count(distinct (item, repeat))::int as items,
       (select count(*)::int from "Score" where "evaluationId" = evaluation.id and metric in ('exact_match', 'acc')) as scores
     from "Sample" join "Evaluation" evaluation on evaluation.id = "evaluationId" where "runId" = $1
     group by evaluation.id order by position`,
    [runId],
  );
  expect(rows).toEqual([
    { task: 'sums', rows: items, items, scores: items },
    { task: 'choices', rows: items, items, scores: items },
  ]);
}

const half = ({ done }: { done: number }) => done >= items;
const succeeded = ({ status }: { status: string }) => status === 'SUCCEEDED';

describe('a worker that is killed', () => {
  it('loses no sample: another one finishes within 60 s, each sample once', async () => {
    using home = makeExampleHome(items);
    await using first = await startWorker(database, home.folder, one);
    const runId = await createRun(database, slow);
    await untilRun(database, runId, half);
    await using second = await startWorker(database, home.folder, one);
    await first.end('SIGKILL');
    const from = performance.now();
    const state = await untilRun(database, runId, succeeded, 60_000);
    console.log(`finished ${Math.round(performance.now() - from)} ms after kill -9`);
    expect(state).toMatchObject({ done: 2 * items, total: 2 * items, failed: 0 });
    await samplesOnce(runId);
    await second.end('SIGTERM');
  });

  it('is followed at once by the one that starts next', async () => {
    using home = makeExampleHome(items);
    const first = await startWorker(database, home.folder, one);
    const runId = await createRun(database, slow);
    await untilRun(database, runId, half);
    await first.end('SIGKILL');
    await using second = await startWorker(database, home.folder, one);
    await untilRun(database, runId, succeeded, 20_000);
    await samplesOnce(runId);
    await second.end('SIGTERM');
  });
});

describe('a worker that stood still past its lease', () => {
  it('writes nothing stale, and works on under a new name', async () => {
    using home = makeExampleHome(items);
    await using first = await startWorker(database, home.folder, one);
    const runId = await createRun(database, slow);
    await untilRun(database, runId, half);
    first.child.kill('SIGSTOP');
    await using second = await startWorker(database, home.folder, one);
    await untilRun(database, runId, succeeded, 60_000);
    const before = await database.pool.query(
      'select max(sequence) as last from "RunEvent" where "runId" = $1',
      [runId],
    );
    first.child.kill('SIGCONT');
    await sleep(3_000);
    const after = await database.pool.query(
      'select max(sequence) as last from "RunEvent" where "runId" = $1',
      [runId],
    );
    expect(after.rows).toEqual(before.rows);
    expect(await runState(database, runId)).toMatchObject({
      status: 'SUCCEEDED',
      done: 2 * items,
      failed: 0,
    });
    await samplesOnce(runId);
    expect(first.output()).toContain('lost its lease');
    expect(first.output().match(/the worker is ready/g)).toHaveLength(2);
    await Promise.all([first.end('SIGTERM'), second.end('SIGTERM')]);
  });
});

describe('a worker that is told to end', () => {
  it('hands back what is in flight within 10 s and ends with 0; the next one goes on', async () => {
    using home = makeExampleHome(items);
    await using first = await startWorker(database, home.folder, one);
    const runId = await createRun(database, slow);
    await untilRun(database, runId, half);
    const { code, ms } = await first.end('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    const { done } = await runState(database, runId);
    expect(done).toBeLessThan(2 * items);
    await using second = await startWorker(database, home.folder, one);
    await untilRun(database, runId, succeeded, 15_000);
    await samplesOnce(runId);
    await second.end('SIGTERM');
  });
});

describe('what somebody asks of a run', () => {
  it('takes effect within 2 s: pause, resume, cancel', async () => {
    using home = makeExampleHome(items);
    await using worker = await startWorker(database, home.folder);
    const runId = await createRun(database, slow);
    await untilRun(database, runId, ({ done }) => done > 0);
    expect(await msUntil(runId, 'PAUSED')).toBeLessThan(2_000);
    const { done } = await runState(database, runId);
    await sleep(500);
    expect((await runState(database, runId)).done).toBe(done);
    await ask(database, runId, 'RUNNING');
    const resumed = performance.now();
    await untilRun(database, runId, (state) => state.done > done);
    expect(performance.now() - resumed).toBeLessThan(2_000);
    expect(await msUntil(runId, 'CANCELLED')).toBeLessThan(2_000);
    expect((await runState(database, runId)).done).toBeLessThan(2 * items);
    await worker.end('SIGTERM');
  });

  it('holds for a run that is waiting', async () => {
    using home = makeExampleHome(items);
    const runId = await createRun(database, slow);
    await ask(database, runId, 'PAUSED');
    await using worker = await startWorker(database, home.folder);
    await untilRun(database, runId, ({ status }) => status === 'PAUSED', 5_000);
    await ask(database, runId, 'RUNNING');
    await untilRun(database, runId, succeeded, 20_000);
    await samplesOnce(runId);
    await worker.end('SIGTERM');
  });

  it('cancels in the middle of a long answer', async () => {
    using home = makeExampleHome(items);
    await using worker = await startWorker(database, home.folder);
    const runId = await createRun(database, slow.replace('latency_ms: 40', 'latency_ms: 30000'));
    await untilRun(database, runId, ({ status }) => status === 'RUNNING');
    await sleep(500);
    expect(await msUntil(runId, 'CANCELLED')).toBeLessThan(2_000);
    await worker.end('SIGTERM');
  });
});

async function msUntil(runId: string, wanted: 'PAUSED' | 'CANCELLED'): Promise<number> {
  const from = performance.now();
  await ask(database, runId, wanted);
  await untilRun(database, runId, ({ status }) => status === wanted, 10_000);
  return performance.now() - from;
}
