// The store over a real Postgres, held to the contract of every store, and what is its own: counters, progress, the fence.
import { randomUUIDv7 } from 'node:crypto';
import type { ResultReader, ResultStore } from '@bancada/core';
import { createTestDatabase, type TestDatabase } from '@bancada/prisma';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleEvaluation,
  exampleIds,
  exampleRun,
  exampleSample,
} from '../../core/src/run/fixture/example-record.ts';
import { testResultStore } from '../../core/src/store/contract.ts';
import { resultReader } from './fixture/result-reader.ts';
import { Lease } from './lease.ts';
import { ProgressTeller } from './progress-teller.ts';
import { PostgresStore } from './store.ts';

let database: TestDatabase;
const leases: Lease[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const lease of leases.splice(0)) await lease.release();
});
afterAll(() => database.close());

async function makeStore() {
  const { pool } = database;
  await pool.query('truncate "Run", "Worker" cascade');
  const lease = await Lease.take(pool, {
    id: randomUUIDv7(),
    node: 'here',
    labels: [],
    version: '0',
    machine: {},
  });
  leases.push(lease);
  const teller = new ProgressTeller(pool, lease);
  const store = new PostgresStore({ pool, lease, teller, log: pino({ enabled: false }), homes: [] });
  return { store, lease, teller, reader: resultReader(pool) };
}

testResultStore('Postgres', async () => {
  const { store, reader } = await makeStore();
  return Object.assign(Object.create(store), bind(store), reader) as ResultStore & ResultReader;
});

// The store's private fields are its own: its methods are called on it, whoever holds them.
function bind(store: PostgresStore): Partial<ResultStore> {
  const names = Object.getOwnPropertyNames(PostgresStore.prototype).filter((name) => name !== 'constructor');
  return Object.fromEntries(
    names.map((name) => [name, (store[name as keyof PostgresStore] as () => unknown).bind(store)]),
  );
}

describe('counters and progress', () => {
  let made: Awaited<ReturnType<typeof makeStore>>;
  const evaluation = exampleEvaluation();
  const failed = { outcome: { status: 'failed', reason: 'timeout', message: 'late' }, scores: [] } as const;

  beforeEach(async () => {
    made = await makeStore();
    await made.store.open(exampleRun(), [evaluation]);
  });

  async function counters() {
    const run = await database.pool.query('select done, failed, total from "Run" where id = $1', [
      exampleIds.run,
    ]);
    const cell = await database.pool.query('select done, failed from "Evaluation" where id = $1', [
      evaluation.id,
    ]);
    return { run: run.rows[0], evaluation: cell.rows[0] };
  }

  it('count each sample once, and a retried failure no longer as failed', async () => {
    await made.store.append(evaluation.id, [exampleSample(0), exampleSample(1, failed)], 1);
    expect(await counters()).toMatchObject({
      run: { done: 2, failed: 1 },
      evaluation: { done: 2, failed: 1 },
    });
    await made.store.append(evaluation.id, [exampleSample(0), exampleSample(1), exampleSample(2)], 1);
    expect(await counters()).toMatchObject({
      run: { done: 3, failed: 0 },
      evaluation: { done: 3, failed: 0 },
    });
  });

  it('tell at most four times a second, and always of the last batch', async () => {
    const started = performance.now();
    for (let item = 0; item < 100; item += 1)
      await made.store.append(evaluation.id, [exampleSample(item)], 1);
    await made.teller.flush(exampleIds.run);
    const seconds = (performance.now() - started) / 1000;
    const events = (await Array.fromAsync(made.reader.events(exampleIds.run))).map(({ event }) => event);
    const last = events.at(-1);
    expect(events.length).toBeLessThanOrEqual(Math.ceil(seconds * 4) + 1);
    expect(last?.type === 'samples.scored' && [last.evaluationDone, last.progress.done]).toEqual([100, 100]);
  });

  it('share the four a second with other workers', async () => {
    const other = new ProgressTeller(database.pool, made.lease);
    const { pool } = database;
    const second = new PostgresStore({
      pool,
      lease: made.lease,
      teller: other,
      homes: [],
      log: pino({ enabled: false }),
    });
    await made.store.append(evaluation.id, [exampleSample(0)], 1);
    await second.append(evaluation.id, [exampleSample(1)], 1);
    expect(await Array.fromAsync(made.reader.events(exampleIds.run))).toHaveLength(1);
    await other.flush(exampleIds.run);
    expect(await Array.fromAsync(made.reader.events(exampleIds.run))).toHaveLength(2);
    other.close();
  });
});

describe('a worker that was declared dead', () => {
  it('writes nothing any more and knows it', async () => {
    const { store, lease } = await makeStore();
    await store.open(exampleRun(), [exampleEvaluation()]);
    await database.pool.query('update "Worker" set "stoppedAt" = now() where id = $1', [lease.workerId]);
    await expect(store.append(exampleIds.evaluation, [exampleSample(0)], 1)).rejects.toThrow('declared dead');
    expect(lease.lost.aborted).toBe(true);
    expect((await database.pool.query('select 1 from "Sample"')).rowCount).toBe(0);
  });
});
