// Every aggregate against lm_eval and numpy.
import { relativeError } from 'simple-statistics';
import { expect, test } from 'vitest';
import reference from '../../reference/aggregates.json' with { type: 'json' };
import statistics from '../../reference/statistics.json' with { type: 'json' };
import { aggregates } from './registry.ts';

const near = (actual: number | undefined, expected: number | undefined) =>
  expect(relativeError(actual ?? Number.NaN, expected ?? 0)).toBeLessThan(1e-11);
const columns = (values: readonly number[], weights = values.map(() => 1)) => ({
  values: Float64Array.from(values),
  weights: Float64Array.from(weights),
});

const names = [
  'mean',
  'median',
  'perplexity',
  'weighted_perplexity',
  'bits_per_byte',
  'p50',
  'p90',
  'p95',
  'p99',
] as const;
const cases = reference.columns.flatMap((column) =>
  names.map((name) => ({ name, n: column.values.length, column })),
);

test.each(cases)('$name of $n scores', ({ name, n, column }) => {
  const expected: { value: number; stderr: number; low?: number; high?: number } = column[name];
  const metric = aggregates[name].aggregate(columns(column.values, column.weights), 0);
  near(metric.value, expected.value);
  near(metric.stderr, expected.stderr);
  expect(metric.n).toBe(n);
  if (expected.low !== undefined) near(metric.ciLow, expected.low);
  if (expected.high !== undefined) near(metric.ciHigh, expected.high);
  expect(metric.ciLow).toBeLessThanOrEqual(metric.value);
  expect(metric.ciHigh).toBeGreaterThanOrEqual(metric.value);
});

const perplexities = statistics.bootstraps.filter(
  ({ statistic, resamples }) => statistic === 'perplexity' && resamples === 1000,
);

test.each(perplexities)('the interval of a perplexity is the BCa one', ({ values, seed, observed, bca }) => {
  const metric = aggregates.perplexity.aggregate(columns(values), seed);
  near(metric.value, observed);
  near(metric.ciLow, bca[0]);
  near(metric.ciHigh, bca[1]);
  expect(metric.method).toBe('bootstrap-bca');
});

test.each(statistics.clustered)('the mean of clusters with standard error $stderr', (expected) => {
  const clusters = Int32Array.from(expected.clusters);
  const metric = aggregates.mean.aggregate({ ...columns(expected.values), clusters }, 0);
  near(metric.value, expected.mean);
  near(metric.stderr, expected.stderr);
});

test('a 0/1 column gets the Wilson interval, any other Student', () => {
  expect(aggregates.mean.aggregate(columns([1, 1, 1, 0]), 0)).toMatchObject({
    value: 0.75,
    method: 'wilson',
  });
  expect(aggregates.mean.aggregate(columns([1, 0.5, 0.25]), 0).method).toBe('student-t');
});

test('clusters that all agree still have an interval', () => {
  const clusters = Int32Array.of(0, 0, 1, 1, 2, 2);
  const metric = aggregates.mean.aggregate({ ...columns([1, 1, 1, 1, 1, 1]), clusters }, 0);
  expect(metric).toMatchObject({ value: 1, n: 6, ciHigh: 1, method: 'wilson' });
  expect(metric.ciLow).toBeCloseTo(0.4385, 4);
});

test('a single sample has no standard error, and an interval only when 0/1', () => {
  expect(aggregates.mean.aggregate(columns([0.3]), 0)).toEqual({ value: 0.3, n: 1, method: 'none' });
  expect(aggregates.perplexity.aggregate(columns([-2]), 0)).toEqual({
    value: Math.exp(2),
    n: 1,
    method: 'none',
  });
  expect(aggregates.p95.aggregate(columns([12]), 0)).toEqual({ value: 12, n: 1, method: 'none' });
  expect(aggregates.mean.aggregate(columns([1]), 0)).toMatchObject({ ciHigh: 1, method: 'wilson' });
});

test.each(Object.keys(aggregates))('%s of no samples is refused', (name) => {
  const aggregate = aggregates[name as keyof typeof aggregates];
  expect(() => aggregate.aggregate(columns([]), 0)).toThrow('no finished sample');
});

test('an infinite perplexity has no interval, and weights of 0 no value', () => {
  expect(aggregates.perplexity.aggregate(columns([Number.NEGATIVE_INFINITY, -1]), 0)).toEqual({
    value: Number.POSITIVE_INFINITY,
    n: 2,
    method: 'none',
  });
  expect(() => aggregates.weighted_perplexity.aggregate(columns([-1, -2], [0, 0]), 0)).toThrow('sum to 0');
});

test('the seed decides the bootstrap', () => {
  const losses = columns([-1, -2, -3, -5, -8]);
  const [first, again, other] = [1, 1, 2].map((seed) => aggregates.perplexity.aggregate(losses, seed));
  expect(first).toEqual(again);
  expect(first?.stderr).not.toBe(other?.stderr);
});

test.each([
  ['perplexity', 10_000, 'delta'],
  ['bits_per_byte', 10_000, 'delta'],
  ['p50', 2_000, 'order-statistic'],
  ['p90', 2_000, 'order-statistic'],
  ['p95', 2_000, 'order-statistic'],
] as const)(
  '%s above %i samples: a closed form takes over and agrees with the bootstrap',
  (name, most, method) => {
    const draw = (n: number) =>
      columns(Array.from({ length: n }, (_, i) => -3 * Math.abs(Math.sin(i * 12.9898))));
    const drawn = aggregates[name].aggregate(draw(most), 0);
    const closed = aggregates[name].aggregate(draw(most + 1), 0);
    expect(drawn.method).toMatch(/^bootstrap/);
    expect(closed.method).toBe(method);
    expect((closed.stderr ?? 0) / (drawn.stderr ?? 1)).toBeCloseTo(1, 0);
    expect(relativeError(closed.ciLow ?? 0, drawn.ciLow ?? 1)).toBeLessThan(0.02);
    expect(relativeError(closed.ciHigh ?? 0, drawn.ciHigh ?? 1)).toBeLessThan(0.02);
  },
);
