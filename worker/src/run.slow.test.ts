// Runs through real worker processes: from the queue to the result, the same as core's own; several workers; dead models.
import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricRecord } from '@bancada/core';
import { createTestDatabase, enqueue, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleSuite, makeExampleHome, runToEnd } from '../../core/src/run/fixture/example-home.ts';
import { resultReader } from './fixture/result-reader.ts';
import { createRun, startWorker, untilRun } from './fixture/worker-process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const ended = ({ status }: { status: string }) => status === 'SUCCEEDED' || status === 'FAILED';
const gates = 'gates: [{metric: exact_match, task: sums, model: echo, min: 0.99}]';

// Paths of a run's suite are relative to the folder `suites` of the home.
function suiteOf(options = '', more = ''): string {
  return exampleSuite(options, more).replace('answers.jsonl', '../answers.jsonl');
}

function scores(metrics: readonly MetricRecord[]) {
  return metrics
    .filter(({ kind }) => kind === 'score' || kind === 'failure')
    .map(({ metric, filter, value, n, stderr, ciLow, ciHigh }) => ({
      metric,
      filter,
      value,
      n,
      stderr,
      ciLow,
      ciHigh,
    }))
    .toSorted((a, b) => (a.metric < b.metric ? -1 : 1));
}

describe('a run through a worker', () => {
  it('ends with the scores, gates and samples that core itself writes', async () => {
    using home = makeExampleHome(300);
    await using worker = await startWorker(database, home.folder);
    const runId = await createRun(database, suiteOf('fail_every: 50', gates));
    const state = await untilRun(database, runId, ended);
    expect(state).toMatchObject({ status: 'SUCCEEDED', done: 600, total: 600 });
    const plan = await home.plan(exampleSuite('fail_every: 50', gates));
    const reference = home.store();
    await runToEnd(plan, reference);
    const reader = resultReader(database.pool);
    const evaluations = await reader.evaluations(runId);
    expect(evaluations.map(({ task, status, planned }) => [task, status, planned])).toEqual([
      ['sums', 'succeeded', 300],
      ['choices', 'succeeded', 300],
    ]);
    for (const [position, { id }] of evaluations.entries()) {
      const expected = plan.evaluations[position]?.record.id ?? '';
      expect(scores(await reader.metrics(id))).toEqual(scores(await reference.metrics(expected)));
      const answers = async (store: typeof reader, evaluation: string) =>
        (await Array.fromAsync(store.samples(evaluation))).map(({ item, prediction, outcome }) => [
          item,
          prediction,
          outcome.status,
        ]);
      expect(await answers(reader, id)).toEqual(await answers(reference, expected));
    }
    const [gate] = await reader.gates(runId);
    expect(gate).toMatchObject({ passed: false, value: expect.closeTo(2 / 3, 1) });
    expect((await reader.warnings(runId)).map(({ code }) => code)).toContain('FAILED_SAMPLES');
    const types = (await Array.fromAsync(reader.events(runId))).map(({ event }) => event.type);
    expect(types.filter((type) => type === 'run.completed')).toHaveLength(1);
    expect([types[0], types.at(-1)]).toEqual(['run.started', 'run.completed']);
    expect((await worker.end('SIGTERM')).code).toBe(0);
    const log = await database.pool.query('select message from "LogLine" where "runId" = $1', [runId]);
    expect(log.rows.map(({ message }) => message)).toContain('the run ended: succeeded');
    await reference.close();
  });

  it('is shared by two workers, each sample once', async () => {
    using home = makeExampleHome(400);
    await using first = await startWorker(database, home.folder, { BANCADA_WORKER_CONCURRENCY: '1' });
    await using second = await startWorker(database, home.folder, { BANCADA_WORKER_CONCURRENCY: '1' });
    const runId = await createRun(database, suiteOf('latency_ms: 40, concurrency: 8'));
    const state = await untilRun(database, runId, ended);
    expect(state).toMatchObject({ status: 'SUCCEEDED', done: 800, total: 800, failed: 0 });
    const { rows } = await database.pool.query(
      `select count(*)::int as n, count(distinct payload->>'evaluationId')::int as evaluations from "RunEvent"
       where "runId" = $1 and type = 'evaluation.started'`,
      [runId],
    );
    expect(rows[0]).toMatchObject({ n: 2, evaluations: 0 });
    expect(await samplesOf(runId)).toBe(800);
    await Promise.all([first.end('SIGTERM'), second.end('SIGTERM')]);
  });

  it('fails the evaluations of a dead model alone', async () => {
    using home = makeExampleHome(30);
    await using worker = await startWorker(database, home.folder);
    const dead = `{provider: openai-compatible, name: gone, base_url: "http://127.0.0.1:9/v1", model: none}`;
    const runId = await createRun(database, suiteOf().replace('models: [', `models: [${dead}, `));
    const state = await untilRun(database, runId, ended);
    expect(state).toMatchObject({ status: 'FAILED', error: '2 of 4 evaluations could not run to their end' });
    const { rows } = await database.pool.query(
      'select model, status from "Evaluation" where "runId" = $1 order by position',
      [runId],
    );
    expect(rows.map(({ model, status }) => `${model} ${status}`)).toEqual([
      'gone FAILED',
      'gone FAILED',
      'echo SUCCEEDED',
      'echo SUCCEEDED',
    ]);
    await worker.end('SIGTERM');
  });

  it('tells in words what is wrong with a suite', async () => {
    using home = makeExampleHome(3);
    await using worker = await startWorker(database, home.folder);
    const runId = await createRun(database, suiteOf().replace('tasks: [sums, choices]', 'tasks: [sum]'));
    const state = await untilRun(database, runId, ended);
    expect(state.status).toBe('FAILED');
    expect(state.error).toContain('did you mean "sums"');
    await worker.end('SIGTERM');
  });

  it('tries failed samples once more when it is asked to', async () => {
    using home = makeExampleHome(100);
    await using worker = await startWorker(database, home.folder);
    const runId = await createRun(database, suiteOf('fail_every: 40'));
    const before = await untilRun(database, runId, ended);
    expect(before.failed).toBeGreaterThan(0);
    await enqueue(database.pool, 'plan-run', { runId, retryFailed: true });
    await sleep(1_000);
    const after = await untilRun(database, runId, ended);
    expect(after).toMatchObject({ status: 'SUCCEEDED', done: 200, total: 200, failed: 0 });
    expect(await samplesOf(runId)).toBe(200);
    await worker.end('SIGTERM');
  });
});

async function samplesOf(runId: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    `select count(*)::int as n from "Sample" where "evaluationId" in (select id from "Evaluation" where "runId" = $1)`,
    [runId],
  );
  return rows[0]?.n ?? 0;
}
