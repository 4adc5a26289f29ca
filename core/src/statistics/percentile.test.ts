// Percentiles against numpy.
import { expect, test } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { orderStatisticInterval, percentile } from './percentile.ts';

test.each(reference.percentiles)('percentile $percent of $column', ({ values, percent, value }) => {
  expect(percentile(values, percent)).toBe(value);
});

test('no values have no percentile', () => {
  expect(percentile([], 50)).toBeUndefined();
});

test('the order-statistic interval holds the median of a large column', () => {
  const values = Float64Array.from({ length: 10_001 }, (_, index) => index);
  expect(orderStatisticInterval(values, 50)).toEqual({ low: 4902, high: 5098 });
});
