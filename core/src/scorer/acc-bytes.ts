// Scorer `acc_bytes`: is the choice with the highest log-probability per byte right?
import { z } from 'zod';
import { bestChoice, hit } from './best-choice.ts';
import { expectInput } from './expect-input.ts';
import type { ScorerPlugin } from './scorer.ts';

/** Divides by the number of UTF-8 bytes of the choice, without the target delimiter. */
export const accBytes: ScorerPlugin<object> = {
  description: 'Share of items whose likeliest choice per UTF-8 byte is right',
  source: 'lm_eval/api/task.py process_results',
  options: z.object({}),
  outputTypes: ['multiple_choice'],
  aggregation: 'mean',
  higherIsBetter: true,
  create: () => (input) => {
    const { choices, gold } = expectInput('acc_bytes', input, 'multiple_choice');
    return {
      value: hit(
        bestChoice(choices, (choice) => choice.loglikelihood / Buffer.byteLength(choice.text)),
        gold,
      ),
    };
  },
};
