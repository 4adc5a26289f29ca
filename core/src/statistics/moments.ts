// Mean, variance and standard error of a column of numbers.

/** Sum with Neumaier's compensation: as exact as CPython 3.12's `sum`. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

/** Arithmetic mean; undefined for no values. */
export function mean(values: ArrayLike<number>): number | undefined {
  return values.length === 0 ? undefined : sum(values) / values.length;
}

/** Sample variance (divisor n - 1); undefined for fewer than two values. */
export function sampleVariance(values: ArrayLike<number>): number | undefined {
  const centre = mean(values);
  if (centre === undefined || values.length < 2) return undefined;
  const squares = Float64Array.from(values, (value) => (value - centre) ** 2);
  return sum(squares) / (values.length - 1);
}

/** Standard error of the mean, sample standard deviation / √n (lm_eval/api/metrics.py `mean_stderr`); undefined for fewer than two values. */
export function standardError(values: ArrayLike<number>): number | undefined {
  const variance = sampleVariance(values);
  return variance === undefined ? undefined : Math.sqrt(variance / values.length);
}
