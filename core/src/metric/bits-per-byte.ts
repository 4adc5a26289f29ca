// Aggregate `bits_per_byte`: minus the log-probability per byte, in bits.
import type { Aggregate } from './metric.ts';
import { ratioValue } from './ratio.ts';

/** -(Σ log-probability / Σ bytes) / ln 2. */
export const bitsPerByte: Aggregate = {
  description: '-(sum of log-probabilities / sum of bytes) / ln 2',
  source: 'lm_eval/api/metrics.py bits_per_byte',
  aggregate: ({ values, weights, clusters }, seed) =>
    ratioValue({
      numerators: values,
      denominators: weights,
      clusters,
      transform: (ratio) => -ratio / Math.LN2,
      seed,
    }),
};
