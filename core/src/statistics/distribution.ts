// The distributions behind intervals and tests, from @stdlib (ports of Cephes, Boost and FDLIBM).
import binomial from '@stdlib/stats-base-dists-binomial-cdf';
import normal from '@stdlib/stats-base-dists-normal-cdf';
import quantile from '@stdlib/stats-base-dists-normal-quantile';
import student from '@stdlib/stats-base-dists-t-quantile';

/** P(Z ≤ z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return normal(z, 0, 1);
}

/** The z with P(Z ≤ z) = p of the standard normal distribution; ±Infinity at 1 and 0. */
export function normalQuantile(p: number): number {
  return quantile(p, 0, 1);
}

/** The t with P(T ≤ t) = p of Student's t distribution. `freedom` above 0. */
export function studentQuantile(p: number, freedom: number): number {
  return student(p, freedom);
}

/** P(X ≤ k) of the binomial distribution of n trials with success probability p. */
export function binomialCdf(k: number, n: number, p: number): number {
  return binomial(k, n, p);
}
