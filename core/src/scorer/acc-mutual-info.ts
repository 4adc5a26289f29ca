// Scorer `acc_mutual_info`: is the choice that gains most from the question right?
import { z } from 'zod';
import { BancadaError } from '../errors.ts';
import { bestChoice, hit } from './best-choice.ts';
import { expectInput } from './expect-input.ts';
import type { ScoredChoice, ScorerPlugin } from './scorer.ts';

/** Compares log P(choice | context) - log P(choice | nothing). With several right choices any of them counts. */
export const accMutualInfo: ScorerPlugin<object> = {
  description: 'Share of items whose choice gains most from the context is right',
  source: 'lm_eval/api/task.py process_results',
  options: z.object({}),
  outputTypes: ['multiple_choice'],
  aggregation: 'mean',
  higherIsBetter: true,
  needsUnconditional: true,
  create: () => (input) => {
    const { choices, gold } = expectInput('acc_mutual_info', input, 'multiple_choice');
    return {
      value: hit(bestChoice(choices, gain), gold),
    };
  },
};

function gain(choice: ScoredChoice): number {
  if (choice.unconditional !== undefined) return choice.loglikelihood - choice.unconditional;
  throw new BancadaError(
    'INVALID_INPUT',
    'acc_mutual_info needs the log-probability after an empty context',
    {
      value: choice.text,
      allowed: 'choices that were also asked for without context',
    },
  );
}
