// Percentiles of measurements that some samples lack.
import { expect, test } from 'vitest';
import { measurementPercentiles, percentile } from './percentile.ts';

test('samples without the measurement are left out', () => {
  const [p50, p99] = measurementPercentiles(Float64Array.of(Number.NaN, 10, 30, Number.NaN, 20), [50, 99], 1);
  expect(p50).toMatchObject({ value: 20, n: 3, method: 'bootstrap-percentile' });
  expect(p99).toMatchObject({ n: 3 });
  expect(p99?.value).toBeCloseTo(29.8, 12);
});

test('one bootstrap for several percentiles gives what each alone gives', () => {
  const values = Float64Array.from({ length: 50 }, (_, i) => (i * 37) % 101);
  const together = measurementPercentiles(values, [50, 95], 4);
  const alone = [50, 95].map((percent) => percentile(percent).aggregate({ values, weights: values }, 4));
  expect(together).toEqual(alone);
});

test('no measurement at all gives nothing', () => {
  expect(measurementPercentiles(Float64Array.of(Number.NaN), [50], 1)).toEqual([]);
});
