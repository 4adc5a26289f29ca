// Filter `multi_choice_regex`: the letter of the option that an answer names.
import { z } from 'zod';
import { removeAll } from '../../bounded-regex.ts';
import type { Row } from '../../dataset/dataset.ts';
import { BancadaError } from '../../errors.ts';
import { pythonRegex } from '../../scorer/python-regex.ts';
import type { FilterPlugin } from './filter.ts';
import { regexOptions, selectMatch } from './regex.ts';

const options = regexOptions.extend({
  ignore_case: z.boolean().default(false),
  ignore_punctuation: z.boolean().default(false),
  regexes_to_ignore: z.array(z.string()).optional(),
});

type Options = z.infer<typeof options>;

/** The pattern first; else an option's own text; else `: A`. The row needs a column `choices`. */
export const multiChoiceRegex: FilterPlugin<Options> = {
  description: 'The letter of the option that an answer names',
  source: 'lm_eval/filters/extraction.py MultiChoiceRegexFilter',
  options,
  create: (given) => {
    const compiled = pythonRegex(given.regex_pattern);
    const plain = plainer(given);
    return (answers, row) => {
      const choices = choicesOf(row).map((choice) => plain(choice.trim()));
      const letters = choices.map((_, index) => String.fromCharCode(65 + index));
      const byText = new RegExp(
        choices
          .toSorted((a, b) => b.length - a.length)
          .map((choice) => choice.replace(/[\^$.*+?()[\]{}|\\]/g, '\\$&'))
          .join('|'),
        'gu',
      );
      const byLetter = new RegExp(`:\\s*(${letters.join('|')})`, 'gu');
      const lettered = new Map(choices.map((choice, index) => [choice, `(${letters[index]})`]));
      return answers.map((answer) => {
        const found = selectMatch(compiled, answer, given.group_select);
        if (found) return found;
        const text = selectMatch(byText, plain(answer), given.group_select);
        if (text) return lettered.get(text) ?? text;
        const letter = selectMatch(byLetter, answer, given.group_select);
        return letter ? `(${letter})` : given.fallback;
      });
    };
  },
};

function plainer({
  ignore_case: lower,
  ignore_punctuation: bare,
  regexes_to_ignore: ignored = [],
}: Options): (text: string) => string {
  const removed = ignored.map((pattern) => pythonRegex(pattern));
  return (text) => {
    const rest = removed.reduce((before, pattern) => removeAll(pattern, before), text);
    const cased = lower ? rest.toLowerCase() : rest;
    return bare ? cased.replace(/\p{P}/gu, '') : cased;
  };
}

function choicesOf(row: Row): string[] {
  if (Array.isArray(row.choices)) return row.choices.map(String);
  throw new BancadaError('FIELD_MISSING', 'filter multi_choice_regex needs a list in column "choices"', {
    value: row.choices,
    allowed: Object.keys(row),
  });
}
