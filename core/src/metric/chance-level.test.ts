// When an accuracy is no better than guessing.
import { expect, test } from 'vitest';
import { chanceAccuracy, isChanceLevel } from './chance-level.ts';
import { mean } from './mean.ts';

const accuracy = (right: number, n: number) => {
  const values = Float64Array.from({ length: n }, (_, index) => (index < right ? 1 : 0));
  return mean.aggregate({ values, weights: values }, 0);
};

test('the chance of items with different numbers of choices is the mean of their chances', () => {
  expect(chanceAccuracy([4, 4, 2])).toBeCloseTo(1 / 3, 15);
  expect(chanceAccuracy([0])).toBeUndefined();
});

test.each([
  [25, 100, true],
  [33, 100, true],
  [40, 100, false],
  [10, 100, false],
  [3, 4, false],
  [2, 4, true],
])('%d of %d right among four choices: chance level is %s', (right, n, expected) => {
  expect(isChanceLevel(accuracy(right, n), 0.25)).toBe(expected);
});

test('without an interval nothing is said', () => {
  expect(isChanceLevel({ value: 0.25, n: 1, method: 'none' }, 0.25)).toBe(false);
});
