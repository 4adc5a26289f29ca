// Scorer `squad_f1`: how many words do answer and target share, as SQuAD's official evaluation counts?
import { z } from 'zod';
import { expectInput } from './expect-input.ts';
import type { ScorerPlugin } from './scorer.ts';
import { squadWords } from './squad-answer.ts';

/** 0 to 1 (the official script prints percent); best over the targets. */
export const squadF1: ScorerPlugin<object> = {
  description: 'F1 of the words of answer and target, without case, punctuation and articles',
  source: 'evaluate/metrics/squad/compute_score.py f1_score',
  options: z.object({}),
  outputTypes: ['generate_until', 'chat'],
  aggregation: 'mean',
  higherIsBetter: true,
  create: () => (given) => {
    const input = expectInput('squad_f1', given, 'generate');
    const answer = squadWords(input.answer);
    return { value: Math.max(0, ...input.targets.map((target) => f1(answer, squadWords(target)))) };
  },
};

function f1(answer: readonly string[], target: readonly string[]): number {
  const same = sharedWords(answer, target);
  if (same === 0) return 0;
  const precision = same / answer.length;
  const recall = same / target.length;
  return (2 * precision * recall) / (precision + recall);
}

function sharedWords(answer: readonly string[], target: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of target) left.set(word, (left.get(word) ?? 0) + 1);
  let same = 0;
  for (const word of answer) {
    const rest = left.get(word) ?? 0;
    if (rest > 0) same++;
    left.set(word, rest - 1);
  }
  return same;
}
