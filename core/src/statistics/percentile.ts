// Percentiles with linear interpolation, and their distribution-free interval.
import { normalQuantile } from './distribution.ts';
import type { Interval } from './interval.ts';

/** A copy in rising order. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * Percentile of values in rising order, as `numpy.percentile(method='linear')`; undefined for no values.
 * @param percent from 0 to 100.
 */
export function percentileOfSorted(values: ArrayLike<number>, percent: number): number | undefined {
  if (values.length === 0) return undefined;
  return interpolated(values, (percent / 100) * (values.length - 1));
}

/** The value at a position from 0 to length - 1 of a column; between two whole positions the line between their values. */
export function interpolated(values: ArrayLike<number>, position: number): number {
  const below = Math.floor(position);
  const low = values[below] as number;
  const high = values[Math.min(below + 1, values.length - 1)] as number;
  return between(low, high, position - below);
}

/** Percentile of values in any order; see {@link percentileOfSorted}. */
export function percentile(values: ArrayLike<number>, percent: number): number | undefined {
  return percentileOfSorted(sorted(values), percent);
}

/**
 * Interval of a percentile between two order statistics, by the normal approximation of the binomial
 * (Conover 1999, "Practical Nonparametric Statistics", §3.2). Costs nothing at any n; meant for n above some hundreds.
 */
export function orderStatisticInterval(
  values: ArrayLike<number>,
  percent: number,
  confidence = 0.95,
): Interval {
  const n = values.length;
  const p = percent / 100;
  const reach = normalQuantile(0.5 + confidence / 2) * Math.sqrt(n * p * (1 - p));
  const rank = (position: number) => Math.min(n, Math.max(1, Math.ceil(position)));
  return { low: values[rank(n * p - reach) - 1] as number, high: values[rank(n * p + reach) - 1] as number };
}

// numpy's `_lerp`: from the nearer end, so that the result is monotone and exact at both ends.
function between(low: number, high: number, share: number): number {
  return share >= 0.5 ? high - (high - low) * (1 - share) : low + (high - low) * share;
}
