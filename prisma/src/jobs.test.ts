// Jobs reach graphile-worker with their payload, key, priority, queue and labels.
import { randomUUID } from 'node:crypto';
import { runOnce } from 'graphile-worker';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { enqueue, forbiddenFlags, type JobPayloads } from './jobs.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.pool.query('delete from graphile_worker._private_jobs'));
afterAll(() => database.close());

const runId = randomUUID();
const shard = (n: number): JobPayloads['run-shard'] => ({ runId, evaluationId: `${n}` });

/** Executes everything that a worker with these labels may take, until a round finds nothing and no queue is held. */
async function work(labels: readonly string[] = []): Promise<string[]> {
  const done: string[] = [];
  const flags = await forbiddenFlags(database.pool, labels);
  let before: number;
  do {
    before = done.length;
    await runOnce({
      pgPool: database.pool,
      forbiddenFlags: flags,
      noHandleSignals: true,
      taskList: {
        'plan-run': () => {
          done.push('plan-run');
        },
        'run-shard': (payload) => {
          done.push(`run-shard ${(payload as JobPayloads['run-shard']).evaluationId}`);
        },
      },
    });
  } while (done.length > before || (await someQueueIsHeld()));
  return done;
}

/** Whether a job that is done still keeps others of its queue back: it is told a moment after its task ended. */
async function someQueueIsHeld(): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    'select 1 from graphile_worker._private_job_queues where locked_at is not null',
  );
  return rowCount !== 0;
}

it('hands a job with its payload to graphile-worker', async () => {
  expect(await enqueue(database.pool, 'run-shard', shard(1))).toMatch(/^\d+$/);
  expect(await work()).toEqual(['run-shard 1']);
});

it('appears with the commit of a Prisma transaction, and not when it fails', async () => {
  const attempt = database.prisma.$transaction(async (transaction) => {
    await enqueue(
      transaction,
      'plan-run',
      { runId },
      { queue: 'a', priority: 5, maxAttempts: 3, runAt: new Date() },
    );
    throw new Error('no');
  });
  await expect(attempt).rejects.toThrow('no');
  expect(await work()).toEqual([]);
  await database.prisma.$transaction((transaction) => enqueue(transaction, 'plan-run', { runId }));
  expect(await work()).toEqual(['plan-run']);
});

it('keeps one waiting job of a key', async () => {
  await enqueue(database.pool, 'run-shard', shard(1), { jobKey: 'k' });
  await enqueue(database.pool, 'run-shard', shard(2), { jobKey: 'k' });
  expect(await work()).toEqual(['run-shard 2']);
});

it('takes lower priorities first, and one queue in order', async () => {
  await enqueue(database.pool, 'run-shard', shard(1), { priority: 10, queue: 'model' });
  await enqueue(database.pool, 'run-shard', shard(2), { priority: 1, queue: 'model' });
  await enqueue(database.pool, 'run-shard', shard(3), { priority: 5, queue: 'model' });
  expect(await work()).toEqual(['run-shard 2', 'run-shard 3', 'run-shard 1']);
});

it('gives a job that needs labels to a worker that has them all', async () => {
  await enqueue(database.pool, 'run-shard', shard(1), { labels: ['gpu', 'big-memory'] });
  await enqueue(database.pool, 'run-shard', shard(2), { labels: [] });
  expect(await work(['gpu'])).toEqual(['run-shard 2']);
  expect(await work(['big-memory', 'gpu', 'x'])).toEqual(['run-shard 1']);
});
