// Aggregate `median`: the upper median, as lm-evaluation-harness takes it.
import type { Aggregate, MetricValue } from './metric.ts';
import { rankStatistics } from './rank-statistic.ts';

/** `sorted(items)[n // 2]`; for the interpolated one take `p50`. */
export const median: Aggregate = {
  description: 'Upper median: the value at position floor(n / 2) of the sorted scores',
  source: 'lm_eval/api/metrics.py median',
  aggregate: ({ values }, seed) =>
    rankStatistics(values, [Math.floor(values.length / 2)], seed)[0] as MetricValue,
};
