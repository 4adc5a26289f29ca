// Quantiles and probabilities against scipy.
import { relativeError } from 'simple-statistics';
import { expect, test } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { binomialCdf, normalCdf, normalQuantile, studentQuantile } from './distribution.ts';

const { distributions } = reference;
const near = (actual: number, expected: number, tolerance: number) =>
  expect(relativeError(actual, expected)).toBeLessThanOrEqual(tolerance);

// The library works from 1 - 2p: nine digits are left in a tail of a billionth.
test.each(distributions.normal_quantile)('normal quantile of %d', (p, expected) => {
  near(normalQuantile(p), expected, p < 1e-6 ? 1e-8 : 1e-12);
});

test.each(distributions.normal_cdf)('normal probability below %d', (z, expected) => {
  near(normalCdf(z), expected, 1e-12);
});

test.each(distributions.student_quantile)(
  'Student quantile of %d with %d degrees of freedom',
  (p, freedom, expected) => {
    near(studentQuantile(p, freedom), expected, 1e-12);
  },
);

test.each(distributions.binomial_cdf)('binomial probability of at most %d in %d', (k, n, expected) => {
  near(binomialCdf(k, n, 0.5), expected, 1e-10);
});
