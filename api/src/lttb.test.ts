// Thinned series keep their ends, their peaks and their order.
import { expect, test } from 'vitest';
import { thinned } from './lttb.ts';

const wave = Array.from({ length: 1_000 }, (_, at) => ({ at, value: at === 417 ? 50 : Math.sin(at / 50) }));

test('what is short stays as it is', () => {
  expect(thinned(wave.slice(0, 20), 20)).toEqual(wave.slice(0, 20));
  expect(thinned([], 5)).toEqual([]);
});

test.each([3, 10, 500])('to %i points', (size) => {
  const thin = thinned(wave, size);
  expect(thin).toHaveLength(size);
  expect(thin[0]).toBe(wave[0]);
  expect(thin.at(-1)).toBe(wave.at(-1));
  expect(thin.map(({ value }) => value)).toContain(50);
  expect(thin.map(({ at }) => at)).toEqual(thin.map(({ at }) => at).toSorted((a, b) => a - b));
});
