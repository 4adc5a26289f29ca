// Filter `majority_vote`: the answer given most often.
import { z } from 'zod';
import type { FilterPlugin } from './filter.ts';

/** Of answers given equally often the one that came first (Python's Counter.most_common). */
export const majorityVote: FilterPlugin<object> = {
  description: 'The answer given most often',
  source: 'lm_eval/filters/selection.py MajorityVoteFilter',
  options: z.strictObject({}),
  create: () => (answers) => {
    const counts = new Map<string, number>();
    for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    const most = Math.max(...counts.values());
    return [...counts]
      .filter(([, count]) => count === most)
      .slice(0, 1)
      .map(([answer]) => answer);
  },
};
