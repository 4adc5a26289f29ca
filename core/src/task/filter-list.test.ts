// Filter pipelines give what lm-evaluation-harness's give.
import { expect, test } from 'vitest';
import reference from '../../reference/filters.json' with { type: 'json' };
import { filterPipelines } from './filter-list.ts';
import { taskSchema } from './task-schema.ts';

function pipelinesOf(filter: unknown) {
  const config = taskSchema.parse({ task: 'x', filter_list: [{ name: 'only', filter }] });
  return filterPipelines({
    type: 'task',
    name: 'x',
    config,
    file: 'x.yaml',
    place: () => ({ file: 'x.yaml' }),
  });
}

test.each([...reference.single, ...reference.repeated].map((one) => [one.name, one] as const))(
  '%s',
  (_, { filter, cases }) => {
    const [pipeline] = pipelinesOf(filter);
    for (const [answers, expected] of cases as [string | string[], string][]) {
      expect([answers, pipeline?.apply([answers].flat(), {})]).toEqual([answers, expected]);
    }
  },
);

test('multi_choice_regex falls back to the option’s text, then to a letter', () => {
  const [pipeline] = pipelinesOf([
    {
      function: 'multi_choice_regex',
      regex_pattern: '(\\([A-Z]\\))',
      ignore_case: true,
      ignore_punctuation: true,
    },
    { function: 'take_first' },
  ]);
  const row = { choices: ['Guilty', 'Guilty of Romance', 'Other'] };
  const answers = ['The answer is (B).', 'I say guilty of romance!', 'It is: C', 'nothing'];
  expect(answers.map((answer) => pipeline?.apply([answer], row))).toEqual(['(B)', '(B)', '(C)', '[invalid]']);
});

test.each([
  ['an unknown filter', [{ function: 'regexx' }], 'unknown filter "regexx", did you mean "regex"?'],
  [
    'an unknown option',
    [{ function: 'regex', pattern: 'x' }],
    'unknown key "pattern", did you mean "regex_pattern"?',
  ],
  ['a broken expression', [{ function: 'regex', regex_pattern: '(' }], 'not a regular expression'],
])('%s is refused', (_, filter, message) => {
  expect(() => pipelinesOf(filter)).toThrow(message);
});

test('an expression that would take years is stopped within a second or so', () => {
  const [pipeline] = pipelinesOf([{ function: 'regex', regex_pattern: '(a+)+$' }]);
  const start = performance.now();
  expect(() => pipeline?.apply([`${'a'.repeat(40)}!`], {})).toThrow(
    'regular expression took longer than 1000 ms',
  );
  expect(performance.now() - start).toBeLessThan(3000);
  expect(pipeline?.apply(['baaa'], {})).toBe('aaa');
});
