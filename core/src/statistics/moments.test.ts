// Mean, variance and standard error against numpy and scipy.
import { relativeError } from 'simple-statistics';
import { expect, test } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { normalInterval, studentInterval } from './interval.ts';
import { mean, sampleVariance, standardError, sum } from './moments.ts';

const near = (actual: number | undefined, expected: number, tolerance = 1e-12) =>
  expect(relativeError(actual ?? Number.NaN, expected)).toBeLessThanOrEqual(tolerance);

test.each(reference.means)('$column at $confidence equals numpy and scipy', (expected) => {
  near(mean(expected.values), expected.mean);
  const shifted = expected.column === 'near' ? 1e-9 : 1e-12;
  near(sampleVariance(expected.values), expected.variance, shifted);
  near(standardError(expected.values), expected.stderr, shifted);
  const student = studentInterval(
    expected.mean,
    expected.stderr,
    expected.values.length - 1,
    expected.confidence,
  );
  const normal = normalInterval(expected.mean, expected.stderr, expected.confidence);
  near(student.low, expected.student[0] as number, 1e-11);
  near(student.high, expected.student[1] as number, 1e-11);
  near(normal.low, expected.normal[0] as number, 1e-11);
  near(normal.high, expected.normal[1] as number, 1e-11);
});

test('a sum keeps what plain addition loses', () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  expect(sum([Number.NEGATIVE_INFINITY, 1])).toBe(Number.NEGATIVE_INFINITY);
});

test('what cannot be had is undefined', () => {
  expect(mean([])).toBeUndefined();
  expect(sampleVariance([1])).toBeUndefined();
  expect(standardError([1])).toBeUndefined();
});
