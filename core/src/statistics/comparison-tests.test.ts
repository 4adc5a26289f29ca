// McNemar, Holm, detectable difference and pooled errors against statsmodels and lm_eval.
import { relativeError } from 'simple-statistics';
import { expect, test } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { detectableDifference } from './detectable-difference.ts';
import { holm } from './holm.ts';
import { mcnemar } from './mcnemar.ts';
import { pooledStandardError, unweightedStandardError } from './pooled.ts';

const near = (actual: number | undefined, expected: number | undefined, tolerance = 1e-12) =>
  expect(relativeError(actual ?? Number.NaN, expected ?? 0)).toBeLessThanOrEqual(tolerance);

test.each(reference.mcnemar)('exact McNemar of $fixed fixed and $broken broken', ({ fixed, broken, p }) => {
  near(mcnemar(fixed, broken), p, 1e-10);
});

test.each(reference.holm)('Holm of $p', ({ p, adjusted }) => {
  for (const [index, value] of holm(p).entries()) near(value, adjusted[index]);
});

test('Holm leaves the given order alone', () => {
  expect(holm([])).toEqual([]);
  expect(holm([0.9, 0.01])).toEqual([0.9, 0.02]);
});

// statsmodels also counts the chance of finding the difference with the wrong sign: under a millionth here.
test.each(reference.detectable)(
  'detectable difference of $n pairs at power $power',
  ({ n, sd, confidence, power, difference }) => {
    near(detectableDifference({ n, standardDeviation: sd, confidence, power }), difference, 1e-5);
  },
);

test.each(reference.pooled)('pooled error of $sizes', ({ stderrs, sizes, pooled, unweighted }) => {
  const parts = stderrs.map((stderr, index) => ({ stderr, n: sizes[index] as number }));
  near(pooledStandardError(parts), pooled);
  near(unweightedStandardError(parts), unweighted);
});

test('too few samples pool to nothing', () => {
  expect(pooledStandardError([{ stderr: 0.1, n: 1 }])).toBeUndefined();
  expect(unweightedStandardError([])).toBeUndefined();
});
