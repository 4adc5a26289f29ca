// Jobs that meet or are tried again: a run that ends while it is planned again stays ended, what the reaper gives up is told of, tries that got on do not count.
import { randomUUIDv7 } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@bancada/prisma';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ExampleHome, exampleSuite, makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { ActiveShards } from './active-shards.ts';
import type { WorkerContext } from './context.ts';
import { readEnvironment } from './env.ts';
import { finishRunJob } from './jobs/finish-run.ts';
import { planRunJob } from './jobs/plan-run.ts';
import { reapJob } from './jobs/reap.ts';
import { runShardJob } from './jobs/run-shard.ts';
import { Lease } from './lease.ts';
import { PlanCache } from './plan-cache.ts';
import { ProgressTeller } from './progress-teller.ts';
import type { RunRow } from './run-row.ts';
import { PostgresStore } from './store.ts';
import { WarmModels } from './warm-models.ts';

let database: TestDatabase;
let home: ExampleHome;
let context: WorkerContext;
let runId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  home = makeExampleHome(5);
  const { pool, url } = database;
  const env = readEnvironment({ DATABASE_URL: url, BANCADA_HOME: home.folder });
  const about = { node: 'here', labels: [], version: '0', machine: {} };
  const lease = await Lease.take(pool, { id: randomUUIDv7(), ...about });
  const log = pino({ level: 'silent' });
  const teller = new ProgressTeller(pool, lease);
  context = {
    ...{ env, pool, lease, teller, log, node: 'here' },
    store: new PostgresStore({ pool, lease, teller, log, homes: env.homes }),
    plans: new PlanCache(env),
    active: new ActiveShards(),
    warm: new WarmModels(),
    playgrounds: new Map(),
  };
});
afterAll(async () => {
  await context.lease.release();
  await database.close();
  home[Symbol.dispose]();
});
beforeEach(async () => {
  await database.pool.query('truncate "Run" cascade');
  const config = exampleSuite().replace('answers.jsonl', '../answers.jsonl');
  runId = (await database.prisma.run.create({ data: { name: 'test', config } })).id;
  await planRunJob({ runId }, context);
});

const typesOf = async () =>
  (await database.prisma.runEvent.findMany({ where: { runId }, orderBy: { sequence: 'asc' } })).map(
    ({ type }) => type,
  );

it('a run that ends while somebody plans it again is not begun anew', async () => {
  await database.prisma.evaluation.updateMany({ where: { runId }, data: { status: 'SUCCEEDED' } });
  class EndsMeanwhile extends PlanCache {
    override async get(id: string, run: RunRow) {
      const plan = await super.get(id, run);
      await finishRunJob({ runId: id }, context);
      return plan;
    }
  }
  await planRunJob({ runId }, { ...context, plans: new EndsMeanwhile(context.env) });
  expect((await database.prisma.run.findUniqueOrThrow({ where: { id: runId } })).status).toBe('SUCCEEDED');
  expect((await typesOf()).at(-1)).toBe('run.completed');
});

it('an evaluation that is given up is told of with its end', async () => {
  const { id } = await database.prisma.evaluation.findFirstOrThrow({ where: { runId } });
  await database.pool.query(
    `update graphile_worker._private_jobs set attempts = max_attempts where payload->>'evaluationId' = $1`,
    [id],
  );
  await reapJob({}, context);
  expect(await database.prisma.evaluation.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'FAILED',
    error: expect.stringContaining('given up after 8 tries'),
  });
  const last = await database.prisma.runEvent.findFirstOrThrow({
    where: { runId, type: 'evaluation.completed' },
  });
  expect(last.payload).toMatchObject({ evaluation: { id, status: 'failed' } });
});

it('counts the tries of an evaluation from one again once samples were finished', async () => {
  const { id } = await database.prisma.evaluation.findFirstOrThrow({ where: { runId } });
  const tried = async (done: number) => {
    await database.prisma.evaluation.update({ where: { id }, data: { done } });
    const { rows } = await database.pool.query<{ id: string }>(
      `update graphile_worker._private_jobs set attempts = 7 where payload->>'evaluationId' = $1 returning id`,
      [id],
    );
    const jobId = rows[0]?.id ?? '';
    const stopping = new ActiveShards();
    stopping.stopAll('lost');
    await expect(
      runShardJob({ runId, evaluationId: id }, { ...context, active: stopping }, jobId),
    ).rejects.toThrow('lost its lease');
    const after = await database.pool.query<{ attempts: number }>(
      'select attempts from graphile_worker._private_jobs where id = $1',
      [jobId],
    );
    return after.rows[0]?.attempts;
  };
  expect(await tried(0)).toBe(7);
  expect(await tried(3)).toBe(1);
  expect(await tried(3)).toBe(7);
  expect(await tried(4)).toBe(1);
});
