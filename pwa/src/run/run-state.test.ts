// A run folded from its events: each kind changes its part, replays change nothing, finished runs say so.
import { describe, expect, test } from 'vitest';
import type { RunEvent, RunMetric, RunSnapshot } from './run-query.ts';
import { foldRunEvent, type RunState, startRunState, traceKey } from './run-state.ts';

const evaluation = {
  id: 'e1',
  task: 'tiny-facts',
  model: 'bancada-tiny',
  variant: 'closed-book',
  status: 'PENDING',
  error: null,
  planned: 100,
  done: 0,
  failed: 0,
} as const;

const snapshot: RunSnapshot = {
  id: 'r1',
  name: 'quickstart',
  status: 'QUEUED',
  error: null,
  limit: null,
  createdAt: '2026-11-20T10:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  importedAt: null,
  samplesPrunedAt: null,
  pauseReason: null,
  pauseParameters: null,
  lastSequence: 4,
  suite: null,
  progress: { done: 0, total: 100, failed: 0, rate: 0, etaSeconds: null },
  evaluations: [evaluation],
  metrics: [],
  gates: [],
  warnings: [],
};

const head = (sequence: number) => ({ runId: 'r1', sequence, at: `2026-11-20T10:00:${sequence}.000Z` });
const progress = (done: number) => ({ done, total: 100, failed: 0, rate: 10, etaSeconds: 5 });
const metric = (n: number, value: number): RunMetric => ({
  evaluationId: 'e1',
  name: 'exact_match',
  filter: 'none',
  kind: 'score',
  task: 'tiny-facts',
  model: 'bancada-tiny',
  variant: 'closed-book',
  value,
  n,
  stderr: null,
  ciLow: value - 1 / n,
  ciHigh: value + 1 / n,
  method: 'wilson',
  higherIsBetter: true,
  preliminary: true,
});
const metricsEvent = (sequence: number, n: number, value: number): RunEvent => ({
  __typename: 'MetricsEvent',
  ...head(sequence),
  metricsOf: 'e1',
  preliminary: true,
  metrics: [metric(n, value)],
});
const progressEvent = (sequence: number, done: number): RunEvent => ({
  __typename: 'RunProgressEvent',
  ...head(sequence),
  status: 'RUNNING',
  progress: progress(done),
  progressOf: 'e1',
  evaluationDone: done,
});
const fold = (events: readonly RunEvent[], from: RunState = startRunState(snapshot)) =>
  events.reduce(foldRunEvent, from);

describe('folding', () => {
  test('progress moves the run and its evaluation', () => {
    const { run, sequence } = fold([progressEvent(5, 10), progressEvent(6, 25)]);
    expect(sequence).toBe(6);
    expect(run.status).toBe('RUNNING');
    expect(run.progress.done).toBe(25);
    expect(run.evaluations[0]?.done).toBe(25);
  });

  test('an event that the snapshot holds already changes nothing', () => {
    const before = startRunState(snapshot);
    expect(foldRunEvent(before, progressEvent(4, 99))).toBe(before);
    const once = fold([progressEvent(5, 10), progressEvent(6, 25)]);
    expect(fold([progressEvent(5, 10), progressEvent(6, 25)], once)).toBe(once);
  });

  test('an event of another run changes nothing', () => {
    const before = startRunState(snapshot);
    expect(foldRunEvent(before, { ...progressEvent(5, 10), runId: 'r2' })).toBe(before);
  });

  test('a status brings times, and the reason of a failure', () => {
    const started = fold([
      {
        __typename: 'RunStatusEvent',
        ...head(5),
        status: 'RUNNING',
        progress: progress(0),
        statusMessage: null,
        pauseParameters: null,
      },
    ]);
    expect(started.run.startedAt).toBe(head(5).at);
    expect(started.run.finishedAt).toBeNull();
    const failed = fold(
      [
        {
          __typename: 'RunStatusEvent',
          ...head(6),
          status: 'FAILED',
          progress: progress(3),
          statusMessage: 'no model',
          pauseParameters: null,
        },
      ],
      started,
    );
    expect(failed.run.finishedAt).toBe(head(6).at);
    expect(failed.run.startedAt).toBe(head(5).at);
    expect(failed.run.error).toBe('no model');
  });

  test('tells why the run is paused while it is, and nothing once it goes on', () => {
    const status = (sequence: number, now: 'PAUSED' | 'RUNNING', statusMessage: string | null) => ({
      __typename: 'RunStatusEvent' as const,
      ...head(sequence),
      status: now,
      progress: progress(3),
      statusMessage,
      pauseParameters: statusMessage === null ? null : { code: 'DISK_FULL' },
    });
    const paused = fold([status(5, 'PAUSED', 'the disk is nearly full')]);
    expect(paused.run.pauseParameters).toEqual({ code: 'DISK_FULL' });
    expect(fold([status(6, 'RUNNING', null)], paused).run.pauseParameters).toBeNull();
    expect(paused.run.pauseReason).toBe('the disk is nearly full');
    expect(fold([status(6, 'RUNNING', null)], paused).run.pauseReason).toBeNull();
    expect(fold([status(6, 'PAUSED', null)], paused).run.pauseReason).toBeNull();
  });

  test('a retried run is unfinished again', () => {
    const done: RunSnapshot = { ...snapshot, status: 'FAILED', finishedAt: head(3).at, error: 'x' };
    const { run } = fold(
      [
        {
          __typename: 'RunStatusEvent',
          ...head(5),
          status: 'RUNNING',
          progress: progress(0),
          statusMessage: null,
          pauseParameters: null,
        },
      ],
      startRunState(done),
    );
    expect(run.finishedAt).toBeNull();
    expect(run.error).toBeNull();
  });

  test('metrics replace their former values and leave a trace of n and interval', () => {
    const { run, traces } = fold([
      metricsEvent(5, 10, 0.5),
      metricsEvent(6, 20, 0.6),
      metricsEvent(7, 40, 0.55),
    ]);
    expect(run.metrics).toHaveLength(1);
    expect(run.metrics[0]?.value).toBe(0.55);
    expect(traces[traceKey(metric(0, 0))]?.map((point) => point.n)).toEqual([10, 20, 40]);
  });

  test('a trace begins anew when samples are taken back by a retry', () => {
    const { traces } = fold([metricsEvent(5, 10, 0.5), metricsEvent(6, 20, 0.6), metricsEvent(7, 15, 0.55)]);
    expect(traces[traceKey(metric(0, 0))]?.map((point) => point.n)).toEqual([10, 15]);
  });

  test('an evaluation that was not planned before is added, a known one replaced', () => {
    const { run } = fold([
      { __typename: 'EvaluationEvent', ...head(5), evaluation: { ...evaluation, status: 'RUNNING' } },
      { __typename: 'EvaluationEvent', ...head(6), evaluation: { ...evaluation, id: 'e2' } },
    ]);
    expect(run.evaluations.map(({ id, status }) => [id, status])).toEqual([
      ['e1', 'RUNNING'],
      ['e2', 'PENDING'],
    ]);
  });

  test('failures and log lines become lines, gates and warnings are kept once', () => {
    const warning = { code: 'SMALL_SAMPLE', evaluationId: 'e1', message: 'n is 5' };
    const state = fold([
      { __typename: 'LogEvent', ...head(5), level: 'info', line: 'begun' },
      {
        __typename: 'SampleFailedEvent',
        ...head(6),
        failedOf: 'e1',
        item: 3,
        reason: 'timeout',
        failure: '60 s',
      },
      { __typename: 'WarningEvent', ...head(7), warning },
      { __typename: 'WarningEvent', ...head(8), warning: { ...warning, message: 'n is 6' } },
      { __typename: 'GateEvent', ...head(9), gate: { passed: true, message: 'at least 0.6', value: 0.7 } },
    ]);
    expect(state.lines.map((line) => line.message)).toEqual(['begun', '#3 timeout: 60 s']);
    expect(state.run.warnings.map((one) => one.message)).toEqual(['n is 6']);
    expect(state.run.gates).toHaveLength(1);
  });
});
