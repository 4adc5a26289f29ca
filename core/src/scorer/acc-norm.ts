// Scorer `acc_norm`: is the choice with the highest log-probability per character right?
import { z } from 'zod';
import { bestChoice, hit } from './best-choice.ts';
import { expectInput } from './expect-input.ts';
import type { ScorerPlugin } from './scorer.ts';

/** Divides by the number of Unicode code points of the choice, without the target delimiter. */
export const accNorm: ScorerPlugin<object> = {
  description: 'Share of items whose likeliest choice per character is right',
  source: 'lm_eval/api/task.py process_results',
  options: z.object({}),
  outputTypes: ['multiple_choice'],
  aggregation: 'mean',
  higherIsBetter: true,
  create: () => (input) => {
    const { choices, gold } = expectInput('acc_norm', input, 'multiple_choice');
    return {
      value: hit(
        bestChoice(choices, (choice) => choice.loglikelihood / [...choice.text].length),
        gold,
      ),
    };
  },
};
