// Confidence intervals in closed form.
import { normalQuantile, studentQuantile } from './distribution.ts';

/** Both ends belong to it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a proportion (Wilson 1927; statsmodels `proportion_confint(method='wilson')`).
 * @param successes from 0 to n; need not be whole.
 * @param n above 0.
 */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): Interval {
  const z = normalQuantile(0.5 + confidence / 2);
  const p = successes / n;
  const denominator = 1 + z ** 2 / n;
  const centre = (p + z ** 2 / (2 * n)) / denominator;
  const reach = (z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))) / denominator;
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - reach),
    high: successes === n ? 1 : Math.min(1, centre + reach),
  };
}

/** Estimate ± t · standard error with `freedom` degrees of freedom (scipy `stats.t.interval`). */
export function studentInterval(
  estimate: number,
  stderr: number,
  freedom: number,
  confidence = 0.95,
): Interval {
  const reach = studentQuantile(0.5 + confidence / 2, freedom) * stderr;
  return { low: estimate - reach, high: estimate + reach };
}

/** Estimate ± z · standard error (scipy `stats.norm.interval`). */
export function normalInterval(estimate: number, stderr: number, confidence = 0.95): Interval {
  const reach = normalQuantile(0.5 + confidence / 2) * stderr;
  return { low: estimate - reach, high: estimate + reach };
}
