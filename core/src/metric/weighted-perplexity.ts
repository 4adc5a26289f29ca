// Aggregate `weighted_perplexity`: exp of minus the log-probability per unit of weight (word or byte).
import type { Aggregate } from './metric.ts';
import { ratioValue } from './ratio.ts';

/** exp(-Σ log-probability / Σ weight). */
export const weightedPerplexity: Aggregate = {
  description: 'exp(-sum of log-probabilities / sum of weights)',
  source: 'lm_eval/api/metrics.py weighted_perplexity',
  aggregate: ({ values, weights, clusters }, seed) =>
    ratioValue({
      numerators: values,
      denominators: weights,
      clusters,
      transform: (ratio) => Math.exp(-ratio),
      seed,
    }),
};
