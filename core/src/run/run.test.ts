// A run from suite to stored result, over real files, the scripted provider and a real SQLite file.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from './event.ts';
import { type ExampleHome, exampleSuite, makeExampleHome, runToEnd } from './fixture/example-home.ts';
import type { ResultReader } from './result-store.ts';
import { run } from './run.ts';

let home: ExampleHome;
beforeEach(() => {
  home = makeExampleHome();
});
afterEach(() => home[Symbol.dispose]());

const ofType = <Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type) =>
  events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);

async function scoreLines(store: ResultReader): Promise<unknown[]> {
  const [latest] = await store.runs();
  const lines: unknown[] = [];
  for (const { id, task, variant } of await store.evaluations(latest?.id ?? '')) {
    const metrics = await store.metrics(id);
    for (const { metric, kind, value, n, ciLow, ciHigh } of metrics) {
      if (kind !== 'speed') lines.push([task, variant, metric, value, n, ciLow, ciHigh]);
    }
    for await (const { item, repeat, input, prediction, output, scores, outcome } of store.samples(id)) {
      lines.push([task, variant, item, repeat, input, prediction, output, scores, outcome]);
    }
  }
  return lines;
}

describe('a run', () => {
  it('scores every sample, stores it and tells of it', async () => {
    const store = home.store();
    const events = await runToEnd(await home.plan(exampleSuite()), store);
    const [first, last] = [events[0], events.at(-1)];
    expect(first).toMatchObject({ type: 'run.started', progress: { done: 0, total: 200 } });
    expect(last).toMatchObject({ type: 'run.completed', progress: { done: 200, total: 200, failed: 0 } });
    const [sums, choices] = ofType(events, 'evaluation.completed');
    // 34 of the 100 items are divisible by three and answered wrongly.
    expect(sums?.metrics[0]).toMatchObject({ metric: 'exact_match', value: 0.66, n: 100, method: 'wilson' });
    expect(choices?.metrics.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['acc', 'acc_norm', 'e2e_p95_ms', 'samples_per_second']),
    );
    const [record] = await store.runs();
    expect(record).toMatchObject({ name: 'example', status: 'succeeded' });
    const [evaluation] = await store.evaluations(record?.id ?? '');
    expect(evaluation).toMatchObject({ status: 'succeeded', planned: 100, modelInfo: { name: 'echo' } });
    const samples = await Array.fromAsync(store.samples(evaluation?.id ?? ''));
    expect(samples.map(({ item }) => item)).toEqual(Array.from({ length: 100 }, (_, item) => item));
    expect(samples[4]).toMatchObject({ input: '4 + 1 =', target: '5', prediction: '5', output: ' 5' });
    await store.close();
  });

  it('keeps enough to be repeated', async () => {
    const plan = await home.plan(exampleSuite());
    expect(plan.run.snapshot).toMatchObject({
      suite: { text: expect.stringContaining('name: example'), resolved: { seed: 1234, repeat: 1 } },
      environment: { node: process.versions.node, packages: { zod: expect.any(String) } },
    });
    expect(plan.evaluations[0]?.record.parameters).toMatchObject({
      dataset: { splits: [{ name: 'test', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] },
    });
    const again = await home.plan(exampleSuite());
    expect(again.run.fingerprint).toBe(plan.run.fingerprint);
    const other = await home.plan(exampleSuite('', 'seed: 1'));
    expect(other.run.fingerprint).not.toBe(plan.run.fingerprint);
  });

  it('goes on after failed requests and counts them', async () => {
    const store = home.store();
    const events = await runToEnd(await home.plan(exampleSuite('fail_every: 10')), store);
    expect(ofType(events, 'sample.failed').length).toBeGreaterThanOrEqual(10);
    const [sums] = ofType(events, 'evaluation.completed');
    expect(sums?.metrics.find(({ kind }) => kind === 'failure')).toMatchObject({
      metric: 'failed_invalid_response',
      value: 10,
      n: 100,
    });
    expect(sums?.metrics[0]?.n).toBe(90);
    expect(ofType(events, 'warning.raised').map(({ warning }) => warning.code)).toContain('FAILED_SAMPLES');
    expect(events.at(-1)).toMatchObject({ type: 'run.completed', progress: { done: 200 } });
    await store.close();
  });

  it('tries failed samples again when asked to', async () => {
    const store = home.store();
    await runToEnd(await home.plan(exampleSuite('fail_every: 7')), store);
    let failed = 100;
    for (let attempt = 0; failed > 0 && attempt < 5; attempt += 1) {
      const events = await runToEnd(await home.plan(exampleSuite('fail_every: 7')), store, {
        resume: true,
        retryFailed: true,
      });
      const last = events.at(-1);
      failed = last && 'progress' in last ? last.progress.failed : 0;
      expect(last).toMatchObject({ progress: { done: 200, total: 200 } });
    }
    expect(failed).toBe(0);
    const clean = home.store('clean');
    await runToEnd(await home.plan(exampleSuite()), clean);
    expect(await scoreLines(store)).toEqual(await scoreLines(clean));
    expect(await store.runs()).toHaveLength(1);
    await store.close();
    await clean.close();
  });

  it('asks each item as often as told, clustered by item', async () => {
    const store = home.store();
    const events = await runToEnd(await home.plan(exampleSuite('', 'repeat: 3\nlimit: 40')), store);
    expect(ofType(events, 'evaluation.completed')[0]?.metrics[0]).toMatchObject({
      n: 120,
      method: 'clustered',
    });
    await store.close();
  });

  it('fails an evaluation whose data are empty, and runs the others', async () => {
    const lookups = readFileSync(path.join(home.folder, 'tasks', 'lookups.yaml'), 'utf8');
    const empty = lookups.replaceAll('lookups', 'empty').replace('dataset_path: json', 'dataset_path: csv');
    writeFileSync(path.join(home.folder, 'tasks', 'empty.yaml'), empty.replace('empty.jsonl', 'empty.csv'));
    writeFileSync(path.join(home.folder, 'tasks', 'empty.csv'), 'question,answer,document\n');
    const store = home.store();
    const suite = exampleSuite().replace('[sums, choices]', '[empty, sums]');
    const events = await runToEnd(await home.plan(suite), store);
    const [none, sums] = ofType(events, 'evaluation.completed').map(({ evaluation }) => evaluation);
    expect(none).toMatchObject({
      task: 'empty',
      status: 'failed',
      error: expect.stringMatching(/has no row/),
    });
    expect(sums).toMatchObject({ status: 'succeeded' });
    expect(events.at(-1)).toMatchObject({
      type: 'run.failed',
      message: '1 of 2 evaluations could not run to their end',
    });
    await store.close();
  });

  it('fails the evaluations of a model that does not load, and runs the others', async () => {
    const store = home.store();
    const suite = exampleSuite().replace(
      'models: [',
      'models: [{provider: scripted, name: gone, file: gone.jsonl}, ',
    );
    const events = await runToEnd(await home.plan(suite), store);
    const completed = ofType(events, 'evaluation.completed').map(({ evaluation }) => evaluation);
    expect(completed.map(({ model, status }) => [model, status])).toEqual([
      ['gone', 'failed'],
      ['gone', 'failed'],
      ['echo', 'succeeded'],
      ['echo', 'succeeded'],
    ]);
    expect(completed[0]?.error).toMatch(/gone\.jsonl/);
    await store.close();
  });

  it('puts what was retrieved into the prompt, beside closed book', async () => {
    const store = home.store();
    const rag = `
rag: [{name: words, corpus: orlan, chunker: {name: fixed, size: 32, overlap: 0}, retriever: {name: bm25, k: 1}}]`;
    const suite = exampleSuite('answer: Mira', rag).replace('[sums, choices]', '[lookups]');
    const events = await runToEnd(await home.plan(suite), store);
    const completed = ofType(events, 'evaluation.completed');
    expect(completed.map(({ evaluation }) => evaluation.variant)).toEqual(['closed-book', 'words']);
    const found = completed[1]?.metrics.filter(({ kind }) => kind === 'retrieval');
    expect(found?.map(({ metric, value, n }) => [metric, value, n])).toEqual([
      ['hit_rate', 2 / 3, 3],
      ['recall_at_k', 2 / 3, 3],
      ['mrr_at_k', 2 / 3, 3],
    ]);
    expect(completed[1]?.evaluation.parameters).toMatchObject({
      rag: { corpus: { sha256: expect.any(String) } },
    });
    const [sample] = await Array.fromAsync(store.samples(completed[1]?.evaluation.id ?? ''));
    expect(sample?.input).toBe(
      'Context:\nMira keeps bees in the hills of Orlan.\nQuestion: Who keeps bees in Orlan?\nAnswer:',
    );
    expect(sample).toMatchObject({
      goldRetrieved: true,
      relevantDocuments: [expect.stringContaining('mira')],
      retrieved: [{ documentId: expect.stringContaining('mira') }],
    });
    await store.close();
  });

  it('holds the result against the gates', async () => {
    const store = home.store();
    const gates = `
gates:
  - {metric: exact_match, task: sums, model: echo, min: 0.6}
  - {metric: exact_match, task: sums, model: echo, max: 0.5}`;
    const events = await runToEnd(await home.plan(exampleSuite('', gates)), store);
    expect(ofType(events, 'gate.evaluated').map(({ gate }) => [gate.passed, gate.message])).toEqual([
      [true, 'exact_match of echo on sums (closed-book) is 0.66, promised at least 0.6'],
      [false, 'exact_match of echo on sums (closed-book) is 0.66, promised at most 0.5'],
    ]);
    const [record] = await store.runs();
    expect(await store.gates(record?.id ?? '')).toHaveLength(2);
    await store.close();
  });
});

describe('a run that is stopped', () => {
  const slow = exampleSuite('latency_ms: 5, concurrency: 2');

  it('ends within 2 s with everything finished kept, and resumes to the same result', async () => {
    const store = home.store();
    const abort = new AbortController();
    let stoppedAt = 0;
    const events: RunEvent[] = [];
    for await (const event of run(await home.plan(slow), store, { signal: abort.signal })) {
      events.push(event);
      if (event.type === 'samples.scored' && event.progress.done > 20 && !abort.signal.aborted) {
        stoppedAt = performance.now();
        abort.abort();
      }
    }
    expect(performance.now() - stoppedAt).toBeLessThan(2000);
    expect(events.at(-1)).toMatchObject({ type: 'run.cancelled', run: { status: 'cancelled' } });
    const last = events.at(-1);
    const done = last && 'progress' in last ? last.progress.done : 0;
    expect(done).toBeGreaterThan(20);
    expect(done).toBeLessThan(200);
    const resumed = await runToEnd(await home.plan(slow), store, { resume: true });
    expect(resumed[0]).toMatchObject({ type: 'run.started', progress: { done, total: 200 } });
    expect(resumed.at(-1)).toMatchObject({ type: 'run.completed', progress: { done: 200, total: 200 } });
    const clean = home.store('clean');
    await runToEnd(await home.plan(exampleSuite('latency_ms: 1')), clean);
    expect(await scoreLines(store)).toEqual(await scoreLines(clean));
    await store.close();
    await clean.close();
  });

  it('stops when nobody listens any more', async () => {
    const store = home.store();
    for await (const event of run(await home.plan(slow), store)) if (event.type === 'samples.scored') break;
    expect((await store.runs())[0]?.status).toBe('cancelled');
    await store.close();
  });

  it('throws when results can no longer be kept, and says so as its last event', async () => {
    const store = home.store();
    const events: RunEvent[] = [];
    const running = (async () => {
      for await (const event of run(await home.plan(slow), store)) {
        events.push(event);
        if (event.type !== 'samples.scored') continue;
        const intruder = new DatabaseSync(path.join(home.folder, 'results.sqlite'));
        intruder.exec('DROP TABLE score');
        intruder.close();
      }
    })();
    await expect(running).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/no such table: .*score/),
    });
    expect(events.at(-1)).toMatchObject({
      type: 'run.failed',
      message: expect.stringContaining('results.sqlite'),
    });
    await store.close();
  });

  it('is not resumed with other weights', async () => {
    const store = home.store();
    const abort = new AbortController();
    for await (const event of run(await home.plan(slow), store, { signal: abort.signal })) {
      if (event.type === 'samples.scored') abort.abort();
    }
    writeFileSync(path.join(home.folder, 'answers.jsonl'), '{"prompt": "0 + 1 =", "answer": " 1"}');
    const events = await runToEnd(await home.plan(slow), store, { resume: true });
    expect(ofType(events, 'evaluation.completed')[0]?.evaluation.error).toMatch(
      /the model "echo" is not the one that began this evaluation/,
    );
    await store.close();
  });

  it('begins anew where there is nothing to resume, and shows an ended run again', async () => {
    const store = home.store();
    const first = await runToEnd(await home.plan(exampleSuite()), store, { resume: true });
    expect(ofType(first, 'log.written')[0]?.message).toMatch(/no earlier run/);
    const before = await scoreLines(store);
    rmSync(path.join(home.folder, 'answers.jsonl'));
    const again = await runToEnd(await home.plan(exampleSuite()), store, { resume: true });
    expect(again.at(-1)).toMatchObject({ type: 'run.completed', progress: { done: 200, total: 200 } });
    expect(await scoreLines(store)).toEqual(before);
    expect(await store.runs()).toHaveLength(1);
    await store.close();
  });
});
