// Every scorer against lm_eval's process_results and SQuAD's formula.
import { expect, test } from 'vitest';
import reference from '../../reference/scores.json' with { type: 'json' };
import { scorers } from './registry.ts';
import type { ScorerInput, ScorerPlugin, ScorerValue } from './scorer.ts';

const row = {};
const score = (name: keyof typeof scorers, input: ScorerInput, options: object = {}): ScorerValue => {
  const scorer: ScorerPlugin<object> = scorers[name];
  return scorer.create(scorer.options.parse(options))(input);
};

test.each(reference.multiple_choice.map((item, index) => ({ index, ...item })))(
  'multiple choice item $index',
  (item) => {
    const choices = item.choices.map((text, index) => ({
      text,
      loglikelihood: item.lls[index] as number,
      isGreedy: item.greedy[index] === true,
      unconditional: item.unconditional?.[index],
    }));
    const input: ScorerInput = { type: 'multiple_choice', row, choices, gold: item.gold };
    const scored = Object.keys(item.scores).map((name) => [
      name,
      score(name as keyof typeof scorers, input).value,
    ]);
    expect(Object.fromEntries(scored)).toEqual(item.scores);
  },
);

test('the reference covers ties, several right choices and right choices that do not exist', () => {
  const items = reference.multiple_choice;
  expect(items.some(({ lls }) => lls.filter((ll) => ll === Math.max(...lls)).length > 1)).toBe(true);
  expect(items.some(({ gold }) => gold.length > 1)).toBe(true);
  expect(items.some(({ gold, choices }) => gold.some((index) => index >= choices.length))).toBe(true);
});

test.each(reference.loglikelihood)('a target with log-probability $ll', ({ ll, greedy, scores }) => {
  const input: ScorerInput = { type: 'loglikelihood', row, loglikelihood: ll, isGreedy: greedy, target: 'b' };
  expect(score('acc', input).value).toBe(scores.acc);
  expect(score('perplexity', input)).toEqual({ value: scores.perplexity });
});

test.each(reference.rolling)('words and bytes of $text', ({ text, ll, scores }) => {
  const input: ScorerInput = { type: 'loglikelihood_rolling', row, loglikelihood: ll, text };
  for (const [name, [value, weight]] of Object.entries(scores)) {
    expect(score(name as keyof typeof scores, input)).toEqual({ value, weight });
  }
});

test.each(reference.exact_match)(
  '$answer against $target with $options',
  ({ answer, target, options, score: expected }) => {
    expect(score('exact_match', { type: 'generate', row, answer, targets: [target] }, options).value).toBe(
      expected,
    );
  },
);

test.each(reference.several_targets)(
  '$answer against any of $targets',
  ({ answer, targets, score: expected }) => {
    const input: ScorerInput = { type: 'generate', row, answer, targets };
    expect(score('exact_match', input, { ignore_case: true }).value).toBe(expected);
  },
);

test.each(reference.squad)('SQuAD: $answer against $targets', ({ answer, targets, em, f1 }) => {
  const input: ScorerInput = { type: 'generate', row, answer, targets };
  expect(score('squad_em', input).value).toBe(em);
  expect(score('squad_f1', input).value).toBe(f1);
  expect(score('em', input).value).toBe(em);
  expect(score('f1', input).value).toBe(f1);
});

test('without a target nothing is right', () => {
  const input: ScorerInput = { type: 'generate', row, answer: 'x', targets: [] };
  expect([
    score('exact_match', input).value,
    score('squad_em', input).value,
    score('squad_f1', input).value,
  ]).toEqual([0, 0, 0]);
});

test('an empty choice is scored as numpy does, not as an error', () => {
  const choices = [
    { text: 'a', loglikelihood: -1, isGreedy: false },
    { text: '', loglikelihood: 0, isGreedy: true },
  ];
  expect(score('acc_norm', { type: 'multiple_choice', row, choices, gold: [1] }).value).toBe(1);
  expect(score('acc', { type: 'multiple_choice', row, choices: [], gold: [0] }).value).toBe(0);
});

test('mutual information without the empty context is refused, never guessed', () => {
  const choices = [{ text: 'a', loglikelihood: -1, isGreedy: false }];
  expect(() => score('acc_mutual_info', { type: 'multiple_choice', row, choices, gold: [0] })).toThrow(
    'empty context',
  );
});

test('an output that the metric cannot score is named', () => {
  const input: ScorerInput = { type: 'generate', row, answer: 'x', targets: ['x'] };
  expect(() => score('acc', input)).toThrow(
    'metric acc cannot score this output (given: "generate"); allowed: multiple_choice, loglikelihood',
  );
});

test('an option that exact_match does not have is refused', () => {
  expect(scorers.exact_match.options.safeParse({ ignore_cases: true }).success).toBe(false);
  expect(() =>
    score('exact_match', { type: 'generate', row, answer: '', targets: [] }, { regexes_to_ignore: ['('] }),
  ).toThrow('not a regular expression');
});
