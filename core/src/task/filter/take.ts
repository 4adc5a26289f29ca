// Filters `take_first` and `take_first_k`: the first of an item's answers.
import { z } from 'zod';
import { BancadaError } from '../../errors.ts';
import type { FilterPlugin } from './filter.ts';

const options = z.strictObject({ k: z.int().min(1) });

/** The first answer. */
export const takeFirst: FilterPlugin<object> = {
  description: 'The first answer',
  source: 'lm_eval/filters/selection.py TakeFirstFilter',
  options: z.strictObject({}),
  create: () => (answers) => answers.slice(0, 1),
};

/** The first k answers. @throws BancadaError INVALID_INPUT when the task has fewer repeats. */
export const takeFirstK: FilterPlugin<z.infer<typeof options>> = {
  description: 'The first k answers',
  source: 'lm_eval/filters/selection.py TakeKFilter',
  options,
  create: ({ k }) => {
    return (answers) => {
      if (answers.length < k)
        throw new BancadaError('INVALID_INPUT', 'fewer answers than take_first_k takes', {
          key: 'k',
          value: k,
          allowed: `at most ${answers.length}, the task's repeats`,
        });
      return answers.slice(0, k);
    };
  },
};
