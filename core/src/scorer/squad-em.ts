// Scorer `squad_em`: does the answer equal a target as SQuAD's official evaluation compares them?
import { z } from 'zod';
import { expectInput } from './expect-input.ts';
import type { ScorerPlugin } from './scorer.ts';
import { squadWords } from './squad-answer.ts';

/** 0 or 1 (the official script prints percent); best over the targets. */
export const squadEm: ScorerPlugin<object> = {
  description: 'Share of answers equal to a target, without case, punctuation and articles',
  source: 'evaluate/metrics/squad/compute_score.py exact_match_score',
  options: z.object({}),
  outputTypes: ['generate_until', 'chat'],
  aggregation: 'mean',
  higherIsBetter: true,
  create: () => (given) => {
    const input = expectInput('squad_em', given, 'generate');
    const answer = squadWords(input.answer).join(' ');
    return { value: input.targets.some((target) => squadWords(target).join(' ') === answer) ? 1 : 0 };
  },
};
