// The bootstrap: CPython's draws, scipy's intervals on them.
import { relativeError } from 'simple-statistics';
import { expect, test } from 'vitest';
import reference from '../../reference/statistics.json' with { type: 'json' };
import { acceleratedInterval, bootstrap, percentileInterval } from './bootstrap.ts';
import { mean, sampleVariance } from './moments.ts';
import { percentile } from './percentile.ts';

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  mean: (values) => mean(values) ?? 0,
  perplexity: (values) => Math.exp(-(mean(values) ?? 0)),
  p95: (values) => percentile(values, 95) ?? 0,
};
const near = (actual: number | undefined, expected: number | undefined) =>
  expect(relativeError(actual ?? Number.NaN, expected ?? 0)).toBeLessThan(1e-11);

test.each(reference.bootstraps)('$statistic of $resamples resamples from seed $seed', (expected) => {
  const measure = statistics[expected.statistic] ?? (() => Number.NaN);
  const { values, seed, resamples } = expected;
  const replicates = bootstrap(
    values.length,
    (positions) => measure(Array.from(positions, (position) => values[position] as number)),
    { seed, resamples },
  );
  for (const [index, first] of expected.first.entries()) near(replicates[index], first);
  near(Math.sqrt(sampleVariance(replicates) ?? 0), expected.stddev);
  const plain = percentileInterval(replicates);
  near(plain.low, expected.percentile[0]);
  near(plain.high, expected.percentile[1]);
  const jackknife = Float64Array.from(values, (_, left) =>
    measure(values.filter((_, index) => index !== left)),
  );
  const accelerated = acceleratedInterval(replicates, expected.observed, jackknife);
  near(accelerated?.low, expected.bca[0]);
  near(accelerated?.high, expected.bca[1]);
});

test('the same seed gives the same replicates, another seed others', () => {
  const draw = (seed: number) => [
    ...bootstrap(5, (positions) => positions[0] ?? -1, { seed, resamples: 20 }),
  ];
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('an observation beyond all replicates has no BCa interval', () => {
  expect(acceleratedInterval(Float64Array.of(1, 2, 3), 9, Float64Array.of(1, 2))).toBeUndefined();
});
