// A monotone function of one sum over another (perplexities, bits per byte) with its bootstrap interval.
import { BancadaError } from '../errors.ts';
import { acceleratedInterval, bootstrap, percentileInterval } from '../statistics/bootstrap.ts';
import { clusterSums } from '../statistics/clustered.ts';
import { normalInterval } from '../statistics/interval.ts';
import { sampleVariance, standardError, sum } from '../statistics/moments.ts';
import type { MetricValue } from './metric.ts';
import { isWorthBootstrap, requireSamples, resamples } from './sample-count.ts';

/** What to aggregate: `transform(Σ numerators / Σ denominators)`. */
export interface RatioInput {
  readonly numerators: Float64Array;
  readonly denominators: Float64Array;
  /** Samples of one cluster are drawn together. */
  readonly clusters: Int32Array | undefined;
  /** Strictly monotone. */
  readonly transform: (ratio: number) => number;
  readonly seed: number;
}

/**
 * BCa bootstrap over samples, or over clusters where there are any; `stderr` is the standard deviation of the replicates.
 * Above 10,000 rows a normal interval of the ratio (linearised, Cochran 1977 §6.3) carried through the transform.
 * @throws BancadaError INVALID_INPUT when there is no sample or the denominators sum to 0.
 */
export function ratioValue(input: RatioInput): MetricValue {
  requireSamples(input.numerators);
  const { clusters, transform } = input;
  const above = clusters ? clusterSums(input.numerators, clusters) : input.numerators;
  const below = clusters ? clusterSums(input.denominators, clusters) : input.denominators;
  const ratio = sum(above) / sum(below);
  if (Number.isNaN(ratio) || sum(below) === 0) {
    throw new BancadaError('INVALID_INPUT', 'the weights of the samples sum to 0', {
      allowed: 'a sum above 0',
    });
  }
  const point = { value: transform(ratio), n: input.numerators.length };
  if (!Number.isFinite(point.value) || above.length < 2) return { ...point, method: 'none' };
  return isWorthBootstrap(above.length)
    ? { ...point, ...bootstrapped(above, below, input) }
    : { ...point, ...linearised(above, below, ratio, transform) };
}

type Uncertainty = Pick<MetricValue, 'stderr' | 'ciLow' | 'ciHigh' | 'method'>;

function bootstrapped(
  above: Float64Array,
  below: Float64Array,
  { transform, seed }: RatioInput,
): Uncertainty {
  const statistic = (positions: Int32Array) => {
    let top = 0;
    let bottom = 0;
    for (const position of positions) {
      top += above[position] as number;
      bottom += below[position] as number;
    }
    return transform(top / bottom);
  };
  const replicates = bootstrap(above.length, statistic, { seed, resamples });
  if (!replicates.every(Number.isFinite)) return { method: 'none' };
  const stderr = Math.sqrt(sampleVariance(replicates) ?? 0);
  const [top, bottom] = [sum(above), sum(below)];
  const jackknife = above.map((value, i) => transform((top - value) / (bottom - (below[i] as number))));
  const accelerated = acceleratedInterval(replicates, transform(top / bottom), jackknife);
  const { low, high } = accelerated ?? percentileInterval(replicates);
  return { stderr, ciLow: low, ciHigh: high, method: accelerated ? 'bootstrap-bca' : 'bootstrap-percentile' };
}

function linearised(
  above: Float64Array,
  below: Float64Array,
  ratio: number,
  transform: (ratio: number) => number,
): Uncertainty {
  const weight = sum(below) / below.length;
  const residuals = above.map((value, i) => (value - ratio * (below[i] as number)) / weight);
  const stderr = standardError(residuals) ?? 0;
  const { low, high } = normalInterval(ratio, stderr);
  const ends = [transform(low), transform(high)];
  return {
    stderr: Math.abs(transform(ratio + stderr) - transform(ratio - stderr)) / 2,
    ciLow: Math.min(...ends),
    ciHigh: Math.max(...ends),
    method: 'delta',
  };
}
