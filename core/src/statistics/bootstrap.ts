// The seeded bootstrap: distribution of a statistic over resamples, and intervals from it.
import { normalCdf, normalQuantile } from './distribution.ts';
import type { Interval } from './interval.ts';
import { mean, sum } from './moments.ts';
import { percentileOfSorted, sorted } from './percentile.ts';
import { PythonRandom } from './python-random.ts';

/** How many resamples are drawn, from which seed of the Mersenne twister. */
export interface BootstrapOptions {
  readonly seed: number;
  /** 1,000 unless told. */
  readonly resamples?: number | undefined;
}

/**
 * The statistic on each resample, in order of drawing. A resample is `random.Random(seed).choices(range(n), k=n)` of CPython:
 * with seed 0 and 1,000 resamples these are the draws of lm_eval/api/metrics.py `bootstrap_stderr`.
 * @param statistic gets n positions from 0 to n - 1; the array is reused, do not keep it.
 */
export function bootstrap(
  n: number,
  statistic: (positions: Int32Array) => number,
  options: BootstrapOptions,
): Float64Array {
  const random = new PythonRandom(options.seed);
  const positions = new Int32Array(n);
  const replicates = new Float64Array(options.resamples ?? 1000);
  for (let b = 0; b < replicates.length; b++) {
    for (let i = 0; i < n; i++) positions[i] = Math.floor(random.random() * n);
    replicates[b] = statistic(positions);
  }
  return replicates;
}

/** Percentile interval (Efron 1979; scipy `bootstrap(method='percentile')`). At least one replicate. */
export function percentileInterval(replicates: Float64Array, confidence = 0.95): Interval {
  const ordered = sorted(replicates);
  const tail = (1 - confidence) / 2;
  return between(ordered, tail, 1 - tail);
}

/**
 * Bias-corrected and accelerated interval (Efron 1987; scipy `bootstrap(method='BCa')`).
 * Undefined when the observed value lies outside all replicates, where the correction is infinite.
 * @param jackknife the statistic with each sample left out in turn.
 */
export function acceleratedInterval(
  replicates: Float64Array,
  observed: number,
  jackknife: Float64Array,
  confidence = 0.95,
): Interval | undefined {
  const bias = normalQuantile(shareBelow(replicates, observed));
  if (!Number.isFinite(bias)) return undefined;
  const acceleration = accelerationOf(jackknife);
  const adjusted = (z: number) => normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
  const z = normalQuantile((1 - confidence) / 2);
  return between(sorted(replicates), adjusted(z), adjusted(-z));
}

function between(ordered: Float64Array, low: number, high: number): Interval {
  return {
    low: percentileOfSorted(ordered, low * 100) as number,
    high: percentileOfSorted(ordered, high * 100) as number,
  };
}

// Ties count half, as scipy's `_percentile_of_score(kind='mean')`.
function shareBelow(replicates: Float64Array, observed: number): number {
  let halves = 0;
  for (const replicate of replicates) halves += replicate < observed ? 2 : replicate === observed ? 1 : 0;
  return halves / (2 * replicates.length);
}

function accelerationOf(jackknife: Float64Array): number {
  const centre = mean(jackknife) ?? 0;
  const squares = sum(jackknife.map((value) => (centre - value) ** 2));
  return squares === 0 ? 0 : sum(jackknife.map((value) => (centre - value) ** 3)) / (6 * squares ** 1.5);
}
