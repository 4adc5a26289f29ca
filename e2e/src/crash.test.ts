// What the whole system survives: kill -9 of the worker in the middle of a run, and of the API under an open stream.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cancelFirstRun, createRun, graphql, runState, scriptedSuite } from './api-client.ts';
import { canKill, type System, startSystem } from './system.ts';
import { until } from './until.ts';

let system: System;
beforeAll(async () => {
  if (!canKill) return;
  system = await startSystem();
  await cancelFirstRun(system.url);
});
afterAll(() => system?.[Symbol.asyncDispose]());

const missing = 'the processes of the system cannot be told apart without /proc';
const half = 40;
const ends = (id: string) => async () => (await runState(system.url, id)).status === 'SUCCEEDED';

interface Outcome {
  readonly metrics: readonly { readonly name: string; readonly value: number | null }[];
  readonly samples: readonly string[];
}

/** Scores of the run, and its samples as the CSV names them, without identity and time. */
async function outcomeOf(id: string): Promise<Outcome> {
  const { run } = await graphql<{ run: { metrics: Outcome['metrics'] } }>(
    system.url,
    'query ($id: ID!) { run(id: $id) { metrics { name value } } }',
    { id },
  );
  const text = await (await fetch(`${system.url}/api/v1/runs/${id}/samples?format=jsonl`)).text();
  const samples = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((sample) => `${sample.task} ${sample.item} ${sample.repeat} ${JSON.stringify(sample.scores)}`);
  const quality = run.metrics.filter(({ name }) => name === 'exact_match' || name.startsWith('acc'));
  return { metrics: quality, samples: samples.toSorted() };
}

it('finishes a run whose worker is killed at half, each sample once, with the scores of an undisturbed run', async (test) => {
  test.skip(!canKill, missing);
  const undisturbed = await createRun(system.url, scriptedSuite('undisturbed', 0), half);
  await until('the undisturbed run ends', ends(undisturbed), 60_000);
  const killed = await createRun(system.url, scriptedSuite('killed', 100), half);
  await until('half is done', async () => (await runState(system.url, killed)).done >= half, 60_000);
  system.kill('worker');
  const from = performance.now();
  await until('the run ends after kill -9', ends(killed), 60_000);
  console.log(`finished ${Math.round(performance.now() - from)} ms after kill -9 of the worker`);
  const expected = await outcomeOf(undisturbed);
  expect(new Set(expected.samples).size).toBe(2 * half);
  expect(expected.metrics.length).toBeGreaterThan(0);
  expect(await outcomeOf(killed)).toEqual(expected);
});

it('replays what a follower missed while the API was killed', async (test) => {
  test.skip(!canKill, missing);
  const id = await createRun(system.url, scriptedSuite('followed', 100), half);
  const seen: number[] = [];
  const read = await follow(id, 0, seen, 5);
  expect(read).toBe('enough');
  const broken = follow(id, seen.at(-1) ?? 0, seen);
  system.kill('api');
  await broken.catch(() => undefined);
  await until(
    'the API is back',
    async () => (await fetch(system.url).catch(() => undefined))?.ok === true,
    30_000,
  );
  await follow(id, seen.at(-1) ?? 0, seen);
  expect(seen).toEqual(seen.map((_, index) => index + 1));
  expect((await runState(system.url, id)).status).toBe('SUCCEEDED');
});

/** Reads the run's events by SSE into `seen` until the run is over (the stream goes on), or so many have come. */
async function follow(id: string, after: number, seen: number[], enough = Number.POSITIVE_INFINITY) {
  const response = await fetch(`${system.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({
      query: `subscription ($id: ID!, $after: Int) { runEvents(runId: $id, afterSequence: $after) { sequence ... on RunStatusEvent { status } } }`,
      variables: { id, after },
    }),
  });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const sequence = /"sequence":(\d+)/.exec(message)?.[1];
      if (sequence !== undefined) seen.push(Number(sequence));
      if (seen.length >= enough || message.includes('SUCCEEDED')) return 'enough';
    }
  }
  return 'ended';
}
