// Filter `remove_whitespace`: white space at both ends.
import { z } from 'zod';
import { strip } from '../../scorer/python-text.ts';
import type { FilterPlugin } from './filter.ts';

/** `str.strip()`. */
export const removeWhitespace: FilterPlugin<object> = {
  description: 'Without white space at both ends',
  source: 'lm_eval/filters/extraction.py WhitespaceFilter',
  options: z.strictObject({}),
  create: () => (answers) => answers.map(strip),
};
