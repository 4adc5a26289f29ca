// Filters `lowercase` and `uppercase`.
import { z } from 'zod';
import type { FilterPlugin } from './filter.ts';

/** `str.lower()`. */
export const lowercase: FilterPlugin<object> = {
  description: 'Lower case',
  source: 'lm_eval/filters/transformation.py LowercaseFilter',
  options: z.strictObject({}),
  create: () => (answers) => answers.map((answer) => answer.toLowerCase()),
};

/** `str.upper()`. */
export const uppercase: FilterPlugin<object> = {
  description: 'Upper case',
  source: 'lm_eval/filters/transformation.py UppercaseFilter',
  options: z.strictObject({}),
  create: () => (answers) => answers.map((answer) => answer.toUpperCase()),
};
