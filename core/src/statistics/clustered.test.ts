// The clustered standard error against statsmodels.
import { relativeError } from 'simple-statistics';
import { expect, test } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { clusteredStandardError } from './clustered.ts';
import { studentInterval } from './interval.ts';
import { standardError } from './moments.ts';

test.each(reference.clustered)('mean $mean with standard error $stderr', (expected) => {
  const error = clusteredStandardError(expected.values, expected.clusters);
  expect(error).toBeDefined();
  if (error === undefined) return;
  expect(relativeError(error.stderr, expected.stderr)).toBeLessThan(1e-12);
  const interval = studentInterval(expected.mean, error.stderr, error.clusters - 1);
  expect(Math.abs(interval.low - expected.low)).toBeLessThan(1e-11);
  expect(Math.abs(interval.high - expected.high)).toBeLessThan(1e-11);
});

test('one sample a cluster gives the plain standard error', () => {
  const values = [1, 0, 1, 1, 0];
  const error = clusteredStandardError(values, [7, 8, 9, 10, 11]);
  expect(relativeError(error?.stderr ?? 0, standardError(values) ?? 1)).toBeLessThan(1e-12);
});

test('a single cluster says nothing about the error', () => {
  expect(clusteredStandardError([1, 0, 1], [4, 4, 4])).toBeUndefined();
});
