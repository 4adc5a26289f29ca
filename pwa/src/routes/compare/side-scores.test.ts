// Scores beside speeds, and what no other beats.
import { expect, it } from 'vitest';
import { paretoFront, sideScores } from './side-scores.ts';

const metric = (
  evaluationId: string,
  name: string,
  value: number,
  kind = 'score',
  higherIsBetter = true,
) => ({
  evaluationId,
  name,
  kind,
  task: evaluationId,
  model: 'm',
  variant: 'closed-book',
  value,
  ciLow: null,
  ciHigh: null,
  higherIsBetter,
});

it('takes the first share of each evaluation with its own speeds', () => {
  const first = {
    metrics: [
      metric('t', 'acc', 0.5),
      metric('t', 'acc_norm', 0.6),
      metric('t', 'e2e_p50_ms', 20, 'speed', false),
      metric('u', 'word_perplexity', 12, 'score', false),
      metric('u', 'e2e_p50_ms', 90, 'speed', false),
    ],
  };
  const second = { metrics: [{ ...metric('t', 'acc', 0.7), variant: 'dense' }] };
  expect(sideScores([first, second])).toEqual([
    {
      side: 'A · m',
      task: 't',
      metric: 'acc',
      value: 0.5,
      speeds: { e2e_p50_ms: { value: 20, higherIsBetter: false } },
    },
    { side: 'B · m · dense', task: 't', metric: 'acc', value: 0.7, speeds: {} },
  ]);
});

it('finds what no other beats, whichever way is faster', () => {
  const items = [
    { name: 'slow and good', quality: 0.9, speed: 100 },
    { name: 'beaten', quality: 0.5, speed: 60 },
    { name: 'middle', quality: 0.6, speed: 50 },
    { name: 'fast and poor', quality: 0.2, speed: 10 },
    { name: 'its equal', quality: 0.2, speed: 10 },
  ];
  const names = (fasterIsMore: boolean) => paretoFront(items, fasterIsMore).map(({ name }) => name);
  expect(names(false)).toEqual(['slow and good', 'middle', 'fast and poor', 'its equal']);
  expect(names(true)).toEqual(['slow and good']);
});
