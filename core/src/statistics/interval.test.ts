// Wilson's interval against statsmodels.
import { expect, test } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { wilsonInterval } from './interval.ts';

test.each(reference.wilson)('$successes of $n at $confidence', ({ successes, n, confidence, low, high }) => {
  const interval = wilsonInterval(successes, n, confidence);
  expect(Math.abs(interval.low - low)).toBeLessThan(1e-12);
  expect(Math.abs(interval.high - high)).toBeLessThan(1e-12);
});

test('the interval never leaves 0 to 1', () => {
  expect(wilsonInterval(0, 3).low).toBe(0);
  expect(wilsonInterval(3, 3).high).toBe(1);
});
