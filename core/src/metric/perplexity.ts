// Aggregate `perplexity`: exp of minus the mean log-probability.
import type { Aggregate } from './metric.ts';
import { ratioValue } from './ratio.ts';

/** With seed 0 the standard error is lm_eval/api/metrics.py `bootstrap_stderr(perplexity, items, 1000)`. */
export const perplexity: Aggregate = {
  description: 'exp(-mean log-probability)',
  source: 'lm_eval/api/metrics.py perplexity',
  aggregate: ({ values, clusters }, seed) =>
    ratioValue({
      numerators: values,
      denominators: new Float64Array(values.length).fill(1),
      clusters,
      transform: (ratio) => Math.exp(-ratio),
      seed,
    }),
};
