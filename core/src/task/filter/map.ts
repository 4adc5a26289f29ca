// Filter `map`: answers replaced by a table.
import { z } from 'zod';
import type { FilterPlugin } from './filter.ts';

const entry = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const options = z.strictObject({
  mapping_dict: z.record(z.string(), entry).default({}),
  default_value: entry.optional(),
});

/** An answer that is not in the table becomes the default, `None` when there is none. */
export const map: FilterPlugin<z.infer<typeof options>> = {
  description: 'Answers replaced by a table',
  source: 'lm_eval/filters/transformation.py MapFilter',
  options,
  create: ({ mapping_dict: table, default_value: other }) => {
    return (answers) =>
      answers.map((answer) => String((Object.hasOwn(table, answer) ? table[answer] : other) ?? 'None'));
  },
};
