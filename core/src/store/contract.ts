// What every store must do: one suite of tests, called by the test of each store.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleEvaluation, exampleIds, exampleRun, exampleSample } from '../run/fixture/example-record.ts';
import type { SampleRecord } from '../run/record.ts';
import type { ResultReader, ResultStore } from '../run/result-store.ts';

type Store = ResultStore & ResultReader;

const failed: Partial<SampleRecord> = {
  outcome: { status: 'failed', reason: 'timeout', message: 'no answer in 60 s' },
  prediction: '',
  output: '',
  requests: [],
  scores: [],
  tokens: { prompt: 0, output: 0, dropped: 0 },
  timing: { queueMs: 0, e2eMs: 0 },
};

/** Runs the contract against stores made by `make`; each call must give an empty one. */
export function testResultStore(name: string, make: () => Promise<Store>): void {
  describe(`${name} as a result store`, () => {
    let store: Store;
    const evaluation = exampleEvaluation();
    beforeEach(async () => {
      store = await make();
      await store.open(exampleRun(), [evaluation]);
    });
    afterEach(() => store.close());

    it('gives back what was written', async () => {
      const sample = exampleSample(0, {
        group: 'g',
        choices: 4,
        goldRetrieved: true,
        documentRecall: 0.5,
        reciprocalRank: 1,
        relevantDocuments: ['d', 'e'],
        retrieved: [
          { id: 'd#0', documentId: 'd', index: 0, text: 't', start: 0, end: 1, rank: 1, score: 0.5 },
        ],
      });
      await store.append(evaluation.id, [sample], 5);
      expect(await store.runs()).toEqual([exampleRun()]);
      expect(await store.evaluations(exampleIds.run)).toEqual([evaluation]);
      expect(await Array.fromAsync(store.samples(evaluation.id))).toEqual([sample]);
    });

    it('counts a sample once however often it is written', async () => {
      expect(await store.append(evaluation.id, [exampleSample(0), exampleSample(1)], 0)).toBe(2);
      expect(await store.append(evaluation.id, [exampleSample(1, { prediction: '3' })], 0)).toBe(0);
      expect((await store.scores(evaluation.id, 'exact_match', 'none')).values).toHaveLength(2);
      expect((await Array.fromAsync(store.samples(evaluation.id)))[1]?.prediction).toBe('2');
    });

    it('replaces a failed sample by its retry', async () => {
      await store.append(evaluation.id, [exampleSample(0, failed)], 0);
      expect(await store.failures(evaluation.id)).toEqual(new Map([['timeout', 1]]));
      expect(await store.append(evaluation.id, [exampleSample(0)], 0)).toBe(1);
      expect(await store.failures(evaluation.id)).toEqual(new Map());
      expect((await store.scores(evaluation.id, 'exact_match', 'none')).values).toEqual(Float64Array.of(1));
    });

    it('knows which samples are finished', async () => {
      const twice = exampleEvaluation({ id: exampleIds.otherEvaluation, repeats: 2 });
      await store.open(exampleRun(), [evaluation, twice]);
      const samples = [exampleSample(0), exampleSample(0, { repeat: 1 }), exampleSample(9000, failed)];
      await store.append(twice.id, samples, 0);
      const finished = await store.finished(twice.id, 2, false);
      expect([finished.count, finished.failed]).toEqual([3, 1]);
      expect([finished.hasAll(0), finished.has(9000, 0), finished.has(9000, 1), finished.has(1, 0)]).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect((await store.finished(twice.id, 2, true)).has(9000, 0)).toBe(false);
    });

    it('orders columns by item and repeat, whatever the order of writing', async () => {
      const score = (value: number) => [{ metric: 'exact_match', filter: 'none', value, weight: 2 }];
      await store.append(
        evaluation.id,
        [2, 0, 1].map((item) => exampleSample(item, { scores: score(item / 10) })),
        0,
      );
      const columns = await store.scores(evaluation.id, 'exact_match', 'none');
      expect(columns).toEqual({ values: Float64Array.of(0, 0.1, 0.2), weights: Float64Array.of(2, 2, 2) });
      expect(await store.measured(evaluation.id, 'ttftMs')).toEqual(Float64Array.of(10, 11, 12));
      expect(await store.measured(evaluation.id, 'goldRetrieved')).toEqual(new Float64Array(0));
    });

    it('counts what was retrieved once for each item', async () => {
      const found = { goldRetrieved: true, documentRecall: 0.5, reciprocalRank: 1 };
      await store.append(
        evaluation.id,
        [0, 1].map((repeat) => exampleSample(0, { repeat, ...found })),
        0,
      );
      expect(await store.measured(evaluation.id, 'goldRetrieved')).toEqual(Float64Array.of(1));
      expect(await store.measured(evaluation.id, 'documentRecall')).toEqual(Float64Array.of(0.5));
      expect(await store.measured(evaluation.id, 'reciprocalRank')).toEqual(Float64Array.of(1));
    });

    it('clusters by group, else by repeated item', async () => {
      const groups = ['a', 'b', 'a'];
      await store.append(
        evaluation.id,
        groups.map((group, item) => exampleSample(item, { group })),
        0,
      );
      expect((await store.scores(evaluation.id, 'exact_match', 'none')).clusters).toEqual(
        Int32Array.of(0, 1, 0),
      );
      const twice = exampleEvaluation({ id: exampleIds.otherEvaluation, repeats: 2 });
      await store.open(exampleRun(), [twice]);
      await store.append(twice.id, [exampleSample(5), exampleSample(5, { repeat: 1 })], 0);
      expect((await store.scores(twice.id, 'exact_match', 'none')).clusters).toEqual(Int32Array.of(5, 5));
    });

    it('adds up tokens and times, failed samples apart', async () => {
      const cut = exampleSample(1, { tokens: { prompt: 20, output: 3, dropped: 7 }, choices: 4 });
      await store.append(evaluation.id, [exampleSample(0), cut], 100);
      await store.append(evaluation.id, [exampleSample(2, failed)], 50.5);
      expect(await store.totals(evaluation.id)).toEqual({
        samples: 3,
        failed: 1,
        promptTokens: 40,
        outputTokens: 6,
        prefill: { tokens: 40, ms: 16 },
        decode: { tokens: 6, ms: 20 },
        interToken: { gaps: 4, ms: 20 },
        firstToken: { tokens: 40, ms: 19 },
        truncated: 1,
        lengthStopped: 0,
        chance: 0.25,
        activeMs: 150.5,
      });
    });

    it('keeps status, errors and model of an evaluation', async () => {
      const info = {
        name: 'echo',
        provider: 'scripted',
        fingerprint: 'a',
        uri: 'x',
        engine: 'y',
        options: {},
      };
      const changed = {
        ...evaluation,
        status: 'failed',
        error: 'no weights',
        modelInfo: info,
        planned: 3,
      } as const;
      await store.updateEvaluation(changed);
      expect(await store.evaluations(exampleIds.run)).toEqual([changed]);
    });

    const metric = {
      evaluationId: evaluation.id,
      metric: 'exact_match',
      filter: 'none',
      kind: 'score',
      value: 0.5,
      n: 2,
      stderr: 0.1,
      ciLow: 0.4,
      ciHigh: 0.6,
      method: 'wilson',
      higherIsBetter: true,
    } as const;
    const warning = { code: 'SMALL_SAMPLE', evaluationId: evaluation.id, message: 'few' } as const;

    it('ends an evaluation, again too, and keeps the warnings of others', async () => {
      const other = exampleEvaluation({ id: exampleIds.otherEvaluation });
      const told = { ...warning, evaluationId: other.id };
      await store.open(exampleRun(), [evaluation, other]);
      await store.endEvaluation({ evaluation: other, metrics: [], warnings: [told], events: [] });
      const ended = { ...evaluation, status: 'succeeded', planned: 2 } as const;
      const event = { type: 'evaluation.completed', evaluation: ended, metrics: [metric] } as const;
      for (const message of ['few', 'too few']) {
        const warnings = [{ ...warning, message }];
        await store.endEvaluation({ evaluation: ended, metrics: [metric], warnings, events: [event] });
      }
      expect((await store.evaluations(exampleIds.run))[0]).toEqual(ended);
      expect(await store.metrics(evaluation.id)).toEqual([metric]);
      expect(await store.warnings(exampleIds.run)).toEqual([told, { ...warning, message: 'too few' }]);
      const events = await Array.fromAsync(store.events(exampleIds.run));
      expect(events.map((recorded) => recorded.event)).toEqual([event, event]);
    });

    it('ends an evaluation whole or not at all', async () => {
      const ended = { ...evaluation, status: 'succeeded' } as const;
      const unwritable = { type: 'log.written', level: 'info', message: 1n as unknown as string } as const;
      const end = { evaluation: ended, metrics: [metric], warnings: [warning], events: [unwritable] };
      await expect(store.endEvaluation(end)).rejects.toThrow();
      expect(await store.evaluations(exampleIds.run)).toEqual([evaluation]);
      expect(await store.metrics(evaluation.id)).toEqual([]);
      expect(await store.warnings(exampleIds.run)).toEqual([]);
    });

    it('replaces metrics and gates', async () => {
      const gate = {
        gate: { min: 1 },
        evaluationId: evaluation.id,
        value: 0.5,
        passed: false,
        message: 'low',
      };
      for (let round = 0; round < 2; round += 1) {
        await store.saveMetrics(evaluation.id, [metric]);
        await store.saveGates(exampleIds.run, [gate]);
      }
      expect(await store.metrics(evaluation.id)).toEqual([metric]);
      expect(await store.gates(exampleIds.run)).toEqual([gate]);
    });

    it('finds the latest run of a fingerprint and keeps its status', async () => {
      expect(await store.latest('0'.repeat(64))).toBeUndefined();
      await store.open(exampleRun({ id: exampleIds.otherRun, createdAt: '2026-11-02T10:00:00.000Z' }), []);
      await store.setRunStatus(exampleIds.otherRun, 'cancelled', '2026-11-02T11:00:00.000Z');
      expect(await store.latest('f'.repeat(64))).toMatchObject({
        id: exampleIds.otherRun,
        status: 'cancelled',
        finishedAt: '2026-11-02T11:00:00.000Z',
      });
      expect((await store.runs()).map((run) => run.id)).toEqual([exampleIds.otherRun, exampleIds.run]);
    });

    it('replays events in order', async () => {
      const note = (message: string) => ({ type: 'log.written', level: 'info', message }) as const;
      await store.record(exampleIds.run, note('one'));
      await store.record(exampleIds.run, note('two'));
      const events = await Array.fromAsync(store.events(exampleIds.run));
      expect(events.map(({ sequence, event }) => [sequence, event])).toEqual([
        [1, note('one')],
        [2, note('two')],
      ]);
      expect(await Array.fromAsync(store.events(exampleIds.run, 1))).toEqual(events.slice(1));
    });
  });
}
