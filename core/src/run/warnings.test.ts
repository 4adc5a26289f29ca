// Each warning appears under its condition, and says how much is concerned.
import { expect, it } from 'vitest';
import { exampleEvaluation } from './fixture/example-record.ts';
import type { MetricRecord } from './record.ts';
import type { EvaluationTotals } from './result-store.ts';
import { warningsOf } from './warnings.ts';

const evaluation = exampleEvaluation({ outputType: 'multiple_choice' });
const totals: EvaluationTotals = {
  samples: 100,
  failed: 0,
  promptTokens: 0,
  outputTokens: 0,
  prefill: { tokens: 0, ms: 0 },
  decode: { tokens: 0, ms: 0 },
  interToken: { gaps: 0, ms: 0 },
  firstToken: { tokens: 0, ms: 0 },
  truncated: 0,
  lengthStopped: 0,
  chance: 0.25,
  activeMs: 1,
};
const accuracy = (ciLow: number, ciHigh: number): MetricRecord => ({
  evaluationId: evaluation.id,
  metric: 'acc',
  filter: 'none',
  value: (ciLow + ciHigh) / 2,
  n: 100,
  ciLow,
  ciHigh,
  method: 'wilson',
  kind: 'score',
  higherIsBetter: true,
});
const codes = (metrics: MetricRecord[], change: Partial<EvaluationTotals> = {}) =>
  warningsOf(evaluation, metrics, { ...totals, ...change }).map(({ code }) => code);

it('says nothing of a sound evaluation', () => {
  expect(codes([accuracy(0.3, 0.5)])).toEqual([]);
});

it.each([
  ['CHANCE_LEVEL', [accuracy(0.2, 0.4)], {}],
  ['TRUNCATED_PROMPTS', [], { truncated: 3 }],
  ['FAILED_SAMPLES', [], { failed: 2 }],
  ['LENGTH_STOPPED', [], { lengthStopped: 1 }],
  ['SMALL_SAMPLE', [], { samples: 29 }],
] as const)('%s', (code, metrics, change) => {
  expect(codes([...metrics], change)).toEqual([code]);
});

it('does not speak of chance where nothing is chosen', () => {
  expect(codes([accuracy(0.2, 0.4)], { chance: undefined })).toEqual([]);
});
