// Scorer `exact_match`: does the answer equal a target once the ignored parts are taken out?
import { z } from 'zod';
import { removeAll } from '../bounded-regex.ts';
import { expectInput } from './expect-input.ts';
import { pythonRegex } from './python-regex.ts';
import { removeDigits, removePunctuation } from './python-text.ts';
import type { ScorerPlugin } from './scorer.ts';

const options = z.strictObject({
  /** Python regular expressions whose matches are removed, in order. */
  regexes_to_ignore: z.array(z.string()).optional(),
  ignore_case: z.boolean().default(false),
  /** ASCII punctuation. */
  ignore_punctuation: z.boolean().default(false),
  /** The digits 0 to 9. */
  ignore_numbers: z.boolean().default(false),
});

/**
 * With several targets any of them counts. Unlike the reference, whose arrays are of fixed width, "İ" keeps both code points of
 * its lower case. For `multiple_choice`, 1 when a right choice is the greedy continuation.
 */
export const exactMatch: ScorerPlugin<z.infer<typeof options>> = {
  description: 'Share of answers equal to a target',
  source: 'lm_eval/api/metrics.py exact_match_hf_evaluate',
  options,
  outputTypes: ['generate_until', 'chat', 'multiple_choice'],
  aggregation: 'mean',
  higherIsBetter: true,
  create: (given) => {
    const normalise = normaliser(given);
    return (scored) => {
      const input = expectInput('exact_match', scored, 'generate', 'multiple_choice');
      if (input.type === 'multiple_choice') {
        return { value: input.gold.some((index) => input.choices[index]?.isGreedy === true) ? 1 : 0 };
      }
      const answer = normalise(input.answer);
      return { value: input.targets.some((target) => normalise(target) === answer) ? 1 : 0 };
    };
  },
};

function normaliser(given: z.infer<typeof options>): (text: string) => string {
  const ignored = (given.regexes_to_ignore ?? []).map((source) => pythonRegex(source));
  return (text) => {
    let rest = ignored.reduce((before, regex) => removeAll(regex, before), text);
    if (given.ignore_case) rest = rest.toLowerCase();
    if (given.ignore_punctuation) rest = removePunctuation(rest);
    return given.ignore_numbers ? removeDigits(rest) : rest;
  };
}
