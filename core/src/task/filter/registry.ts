// Every filter by its name in task files.
import type { FilterPlugin } from './filter.ts';
import { lowercase, uppercase } from './letter-case.ts';
import { majorityVote } from './majority-vote.ts';
import { map } from './map.ts';
import { multiChoiceRegex } from './multi-choice-regex.ts';
import { regex } from './regex.ts';
import { removeWhitespace } from './remove-whitespace.ts';
import { takeFirst, takeFirstK } from './take.ts';

/** The harness's names. */
export const filters = {
  lowercase,
  majority_vote: majorityVote,
  map,
  multi_choice_regex: multiChoiceRegex,
  regex,
  remove_whitespace: removeWhitespace,
  take_first: takeFirst,
  take_first_k: takeFirstK,
  uppercase,
} satisfies Record<string, FilterPlugin<object>>;
