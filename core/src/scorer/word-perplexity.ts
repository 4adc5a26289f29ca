// Scorer `word_perplexity`: the text's log-probability over its words.
import { z } from 'zod';
import { expectInput } from './expect-input.ts';
import { countWords } from './python-text.ts';
import type { ScorerPlugin } from './scorer.ts';

/** Nats; the weight is the text's number of words (pieces between white space). */
export const wordPerplexity: ScorerPlugin<object> = {
  description: 'exp of minus the log-probability per word',
  source: 'lm_eval/api/task.py process_results',
  options: z.object({}),
  outputTypes: ['loglikelihood_rolling'],
  aggregation: 'weighted_perplexity',
  higherIsBetter: false,
  create: () => (given) => {
    const input = expectInput('word_perplexity', given, 'loglikelihood_rolling');
    return { value: input.loglikelihood, weight: countWords(input.text) };
  },
};
