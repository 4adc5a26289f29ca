// Filter `regex`: the part of an answer that a regular expression finds.
import { z } from 'zod';
import { findAll } from '../../bounded-regex.ts';
import { pythonRegex } from '../../scorer/python-regex.ts';
import { strip } from '../../scorer/python-text.ts';
import type { FilterPlugin } from './filter.ts';

/** Options that `multi_choice_regex` shares. */
export const regexOptions = z.strictObject({
  regex_pattern: z.string().default('#### (\\-?[0-9\\.\\,]+)'),
  /** Which of the matches: 0 the first, -1 the last. */
  group_select: z.int().default(0),
  fallback: z.string().default('[invalid]'),
});

/** Of a match with groups the first that is not empty; without a match the fallback. */
export const regex: FilterPlugin<z.infer<typeof regexOptions>> = {
  description: 'The part that a regular expression finds',
  source: 'lm_eval/filters/extraction.py RegexFilter',
  options: regexOptions,
  create: ({ regex_pattern: pattern, group_select: select, fallback }) => {
    const compiled = pythonRegex(pattern);
    return (answers) => answers.map((answer) => selectMatch(compiled, answer, select) ?? fallback);
  },
};

/** `re.findall` and the choice among its results; undefined when there is none. */
export function selectMatch(compiled: RegExp, text: string, select: number): string | undefined {
  const match = findAll(compiled, text).at(select);
  if (!match) return undefined;
  const groups = match.length > 1 ? match.slice(1) : [match[0]];
  const chosen = groups.length === 1 ? (groups[0] ?? '') : groups.find((group) => group);
  return chosen === undefined ? undefined : strip(chosen);
}
