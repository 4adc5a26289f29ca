// Scorer `acc`: is the likeliest choice right, or the continuation the greedy one?
import { z } from 'zod';
import { bestChoice, hit } from './best-choice.ts';
import { expectInput } from './expect-input.ts';
import type { ScorerPlugin } from './scorer.ts';

/** Ties go to the first choice. For `loglikelihood`, 1 when every token of the target is the most likely one. */
export const acc: ScorerPlugin<object> = {
  description: 'Share of items whose likeliest choice is right',
  source: 'lm_eval/api/task.py process_results',
  options: z.object({}),
  outputTypes: ['multiple_choice', 'loglikelihood'],
  aggregation: 'mean',
  higherIsBetter: true,
  create: () => (given) => {
    const input = expectInput('acc', given, 'multiple_choice', 'loglikelihood');
    if (input.type === 'loglikelihood') return { value: input.isGreedy ? 1 : 0 };
    return {
      value: hit(
        bestChoice(input.choices, (choice) => choice.loglikelihood),
        input.gold,
      ),
    };
  },
};
