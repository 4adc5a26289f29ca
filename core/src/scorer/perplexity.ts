// Scorer `perplexity`: the log-probability of the target, for exp(-mean).
import { z } from 'zod';
import { expectInput } from './expect-input.ts';
import type { ScorerPlugin } from './scorer.ts';

/** Nats. */
export const perplexity: ScorerPlugin<object> = {
  description: 'exp of minus the mean log-probability of the targets',
  source: 'lm_eval/api/task.py process_results; lm_eval/api/metrics.py perplexity',
  options: z.object({}),
  outputTypes: ['loglikelihood'],
  aggregation: 'perplexity',
  higherIsBetter: false,
  create: () => (input) => ({ value: expectInput('perplexity', input, 'loglikelihood').loglikelihood }),
};
