// McNemar's exact test: do two models fail on different items more often than chance would have it?
import { binomialCdf } from './distribution.ts';

/**
 * Two-sided p of the exact test (McNemar 1947; statsmodels `mcnemar(exact=True)`); 1 when there is no flip.
 * @param fixed items that only the candidate has right.
 * @param broken items that only the baseline has right.
 */
export function mcnemar(fixed: number, broken: number): number {
  const flips = fixed + broken;
  return flips === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(fixed, broken), flips, 0.5));
}
