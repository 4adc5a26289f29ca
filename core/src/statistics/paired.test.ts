// Paired comparison against scipy and statsmodels.
import { expect, test } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { comparePaired } from './paired.ts';
import { signFlipTest } from './sign-flip.ts';

const near = (actual: number | undefined, expected: number, tolerance = 1e-12) =>
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );

test.each(reference.paired)('$kind scores with difference $difference', (expected) => {
  const paired = comparePaired(expected.baseline, expected.candidate, { seed: 1 });
  near(paired.difference, expected.difference);
  near(paired.stderr, expected.stderr);
  near(paired.ciLow, expected.low, 1e-11);
  near(paired.ciHigh, expected.high, 1e-11);
  near(paired.p, expected.p, 1e-11);
  expect(paired.test).toBe(expected.kind === 'binary' ? 'mcnemar-exact' : 'sign-flip');
  expect([paired.higher, paired.lower]).toEqual([expected.higher, expected.lower]);
  if (expected.effect === null) expect(paired.effectSize).toBeUndefined();
  else near(paired.effectSize, expected.effect);
});

test.each(reference.drawn_signs)(
  '$permutations drawn sign patterns from seed $seed',
  ({ differences, seed, permutations, p }) => {
    expect(signFlipTest(differences, { seed, permutations })).toBe(p);
  },
);

test('pairs of one cluster flip together', () => {
  const baseline = [0, 0, 0, 0, 0, 0];
  const candidate = [1, 1, 1, 1, 1, 1];
  expect(comparePaired(baseline, candidate, { seed: 1 }).p).toBe(0.03125);
  const clustered = comparePaired(baseline, candidate, { seed: 1, clusters: [0, 0, 0, 1, 1, 1] });
  expect(clustered).toMatchObject({ p: 0.5, test: 'sign-flip', n: 6 });
});

test('one pair has a difference and no interval', () => {
  expect(comparePaired([0], [1], { seed: 1 })).toMatchObject({
    difference: 1,
    stderr: undefined,
    ciLow: undefined,
    detectable: undefined,
    p: 1,
  });
});

test('columns that are empty or of different length are refused', () => {
  expect(() => comparePaired([], [], { seed: 1 })).toThrow('equal lengths from 1');
  expect(() => comparePaired([1], [1, 2], { seed: 1 })).toThrow('equal lengths from 1');
});

test('half a million pairs take no minute', () => {
  const baseline = Float64Array.from({ length: 500_000 }, (_, index) => Math.sin(index));
  const candidate = baseline.map((value, index) => value + Math.cos(index * 7) / 10);
  expect(comparePaired(baseline, candidate, { seed: 1 }).test).toBe('paired-z');
});
