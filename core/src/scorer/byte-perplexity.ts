// Scorer `byte_perplexity`: the text's log-probability over its bytes.
import { z } from 'zod';
import { expectInput } from './expect-input.ts';
import type { ScorerPlugin } from './scorer.ts';

/** Nats; the weight is the text's number of UTF-8 bytes. */
export const bytePerplexity: ScorerPlugin<object> = {
  description: 'exp of minus the log-probability per UTF-8 byte',
  source: 'lm_eval/api/task.py process_results',
  options: z.object({}),
  outputTypes: ['loglikelihood_rolling'],
  aggregation: 'weighted_perplexity',
  higherIsBetter: false,
  create: () => (given) => {
    const input = expectInput('byte_perplexity', given, 'loglikelihood_rolling');
    return { value: input.loglikelihood, weight: Buffer.byteLength(input.text) };
  },
};
