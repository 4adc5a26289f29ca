// One run over which worker, Postgres and API are killed 20 times at random moments: it ends as an undisturbed one does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricRecord, ResultReader } from '@bancada/core';
import { expect, it } from 'vitest';
import { makeExampleHome, runToEnd } from '../../core/src/run/fixture/example-home.ts';
import { type KillableSystem, startKillableSystem, type Victim } from './fixture/killable-system.ts';
import { resultReader } from './fixture/result-reader.ts';
import { createRun, runState, untilRun } from './fixture/worker-process.ts';

// Fewer than 30: every evaluation has the warning of a small sample.
const items = 25;
const models = 20;
const seed = Number(process.env.BANCADA_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
// The worker is also killed at its hardest moment: as soon as an evaluation is seen to have ended.
const kills: readonly [victim: Victim, atEnd: boolean][] = [
  ...Array.from({ length: 5 }, (): [Victim, boolean][] => [
    ['worker', false],
    ['worker', true],
    ['api', false],
    ['postgres', false],
  ]).flat(),
];

function suiteOf(file: string, latencyMs: number): string {
  const options = `provider: scripted, file: ${file}, loglikelihood: hash, latency_ms: ${latencyMs}, concurrency: 2`;
  const list = Array.from({ length: models }, (_, n) => `{name: m${n}, ${options}}`);
  return `name: killed\nmodels: [${list.join(', ')}]\ntasks: [sums, choices]\n`;
}

it('a run survives 20 kills: the numbers of an undisturbed one, each sample and each event once', async () => {
  console.log(`BANCADA_TEST_SEED=${seed}`);
  const random = randomOf(seed);
  using home = makeExampleHome(items);
  await using system = await startKillableSystem(home.folder, { BANCADA_WORKER_CONCURRENCY: '3' });
  const runId = await createRun(system, suiteOf('../answers.jsonl', 40));
  await untilRun(system, runId, ({ done }) => done > 0);
  for (const [victim, atEnd] of shuffled(kills, random)) {
    await sleep(50 + random() * 300);
    if (atEnd) await untilAnotherEnds(system, runId);
    expect((await runState(system, runId)).status, 'the run is over before the last kill').toBe('RUNNING');
    await system.kill(victim);
  }
  await untilRun(system, runId, ({ status }) => status === 'SUCCEEDED' || status === 'FAILED', 60_000);

  const samples = 2 * items * models;
  expect(await runState(system, runId)).toMatchObject({
    status: 'SUCCEEDED',
    done: samples,
    total: samples,
    failed: 0,
  });
  const { rows: counted } = await system.pool.query(
    `select done, failed, (select count(*)::int from "Sample" where "evaluationId" = evaluation.id) as rows,
       (select count(distinct item)::int from "Score" where "evaluationId" = evaluation.id) as scored
     from "Evaluation" evaluation where "runId" = $1`,
    [runId],
  );
  expect(counted).toEqual(
    Array.from({ length: 2 * models }, () => ({ done: items, failed: 0, rows: items, scored: items })),
  );

  const plan = await home.plan(suiteOf('answers.jsonl', 0));
  const reference = home.store();
  await runToEnd(plan, reference);
  const reader = resultReader(system.pool);
  const expected = await resultOf(reference, plan.run.id);
  expect(expected.warnings.length).toBeGreaterThanOrEqual(2 * models);
  expect(await resultOf(reader, runId)).toEqual(expected);
  await reference.close();

  const { rows: events } = await system.pool.query<{ sequence: number; type: string }>(
    'select sequence::int, type from "RunEvent" where "runId" = $1 order by sequence',
    [runId],
  );
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  const types = events.map(({ type }) => type);
  expect([types[0], types.at(-1)]).toEqual(['run.started', 'run.completed']);
  const times = (wanted: string) => types.filter((type) => type === wanted).length;
  expect({
    started: times('run.started'),
    completed: times('run.completed'),
    evaluations: times('evaluation.completed'),
    warnings: times('warning.raised'),
  }).toEqual({ started: 1, completed: 1, evaluations: 2 * models, warnings: expected.warnings.length });

  const { url } = await system.api();
  const lines = (await (await fetch(`${url}/api/v1/runs/${runId}/samples?format=jsonl`)).text()).trim();
  expect(lines.split('\n')).toHaveLength(samples);
});

async function untilAnotherEnds({ pool }: KillableSystem, runId: string): Promise<void> {
  const ended = async () => {
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from "Evaluation" where "runId" = $1 and status = 'SUCCEEDED'`,
      [runId],
    );
    return rows[0]?.n ?? 0;
  };
  const before = await ended();
  while ((await ended()) === before) await sleep(1);
}

/** What a run found, by task and model: without ids and what a clock has measured. */
async function resultOf(reader: ResultReader, runId: string) {
  const evaluations = await reader.evaluations(runId);
  const nameOf = new Map(evaluations.map(({ id, task, model }) => [id, `${task} ${model}`]));
  const metrics: unknown[] = [];
  for (const { id } of evaluations) metrics.push([nameOf.get(id), scores(await reader.metrics(id))]);
  const warnings = (await reader.warnings(runId)).map(({ code, evaluationId, message }) =>
    [nameOf.get(evaluationId), code, message].join(': '),
  );
  return { metrics, warnings: warnings.toSorted() };
}

function scores(metrics: readonly MetricRecord[]) {
  return metrics
    .filter(({ kind }) => kind !== 'speed')
    .map(({ metric, filter, value, n, stderr, ciLow, ciHigh }) => [
      metric,
      filter,
      value,
      n,
      stderr,
      ciLow,
      ciHigh,
    ])
    .toSorted();
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  return values
    .map((value) => [random(), value] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, value]) => value);
}
