// Aggregates `p50`, `p90`, `p95`, `p99`, and the same for measurements that some samples lack.
import type { Aggregate, MetricValue } from './metric.ts';
import { rankStatistics } from './rank-statistic.ts';

/** The aggregate of one percentile. @param percent from 0 to 100. */
export function percentile(percent: number): Aggregate {
  return {
    description: `${percent}th percentile, linearly interpolated`,
    source: "numpy.percentile(method='linear')",
    aggregate: ({ values }, seed) =>
      rankStatistics(values, [(percent / 100) * (values.length - 1)], seed)[0] as MetricValue,
  };
}

/**
 * Percentiles of measurements (latencies, rates) from one bootstrap, in the order of `percents`.
 * NaN stands for a sample without the measurement and is left out; empty when none is left.
 */
export function measurementPercentiles(
  measurements: Float64Array,
  percents: readonly number[],
  seed: number,
): MetricValue[] {
  const values = measurements.filter((value) => !Number.isNaN(value));
  if (values.length === 0) return [];
  const positions = percents.map((percent) => (percent / 100) * (values.length - 1));
  return rankStatistics(values, positions, seed);
}
