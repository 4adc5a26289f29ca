// Values at given positions of the sorted column (median, percentiles), several from one bootstrap.
import { bootstrap, percentileInterval } from '../statistics/bootstrap.ts';
import { sampleVariance } from '../statistics/moments.ts';
import { interpolated, orderStatisticInterval, sorted } from '../statistics/percentile.ts';
import type { MetricValue } from './metric.ts';
import { requireSamples, resamples } from './sample-count.ts';

// The bootstrap of a sorted column's value tends to the binomial interval between two of its values, which costs nothing:
// at 2,000 values they agree, and the draws for the latencies of larger evaluations would outweigh their samples.
const mostBootstrapped = 2_000;

/**
 * The value at each position with a percentile-bootstrap interval; above 2,000 values the interval between two order
 * statistics, and as `stderr` its half width over that of a standard normal.
 * @param positions from 0 to n - 1; between two whole ones the values are interpolated.
 * @throws BancadaError INVALID_INPUT when there is no value.
 */
export function rankStatistics(
  values: Float64Array,
  positions: readonly number[],
  seed: number,
): MetricValue[] {
  requireSamples(values);
  const n = values.length;
  const ordered = sorted(values);
  const points = positions.map((position) => ({ value: interpolated(ordered, position), n }));
  if (n < 2) return points.map((point) => ({ ...point, method: 'none' }));
  if (n > mostBootstrapped) {
    return points.map((point, i) => {
      const { low, high } = orderStatisticInterval(ordered, ((positions[i] as number) / (n - 1)) * 100);
      return {
        ...point,
        stderr: (high - low) / (2 * 1.959963984540054),
        ciLow: low,
        ciHigh: high,
        method: 'order-statistic',
      };
    });
  }
  const replicates = resampled(values, ordered, positions, seed);
  return points.map((point, i) => {
    const drawn = replicates[i] as Float64Array;
    const { low, high } = percentileInterval(drawn);
    const stderr = Math.sqrt(sampleVariance(drawn) ?? 0);
    return { ...point, stderr, ciLow: low, ciHigh: high, method: 'bootstrap-percentile' };
  });
}

// Counts how often each rank is drawn instead of sorting every resample: linear in n.
function resampled(
  values: Float64Array,
  ordered: Float64Array,
  positions: readonly number[],
  seed: number,
): Float64Array[] {
  const n = values.length;
  const ranks = ranksOf(values);
  const counts = new Int32Array(n);
  const drawn = new Float64Array(n);
  const replicates = positions.map(() => new Float64Array(resamples));
  let resample = 0;
  bootstrap(
    n,
    (chosen) => {
      counts.fill(0);
      for (const position of chosen) (counts[ranks[position] as number] as number)++;
      let filled = 0;
      for (let rank = 0; rank < n; rank++) {
        const end = filled + (counts[rank] as number);
        if (end > filled) drawn.fill(ordered[rank] as number, filled, end);
        filled = end;
      }
      for (const [i, position] of positions.entries())
        (replicates[i] as Float64Array)[resample] = interpolated(drawn, position);
      return resample++;
    },
    { seed, resamples },
  );
  return replicates;
}

function ranksOf(values: Float64Array): Int32Array {
  const order = Int32Array.from(values, (_, index) => index).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  );
  const ranks = new Int32Array(values.length);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank] as number] = rank;
  return ranks;
}
