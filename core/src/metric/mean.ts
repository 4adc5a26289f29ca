// Aggregate `mean`: with Wilson's interval for 0/1 scores, Student's t otherwise, clustered where samples depend on each other.
import { clusteredStandardError } from '../statistics/clustered.ts';
import { type Interval, studentInterval, wilsonInterval } from '../statistics/interval.ts';
import { mean as meanOf, standardError } from '../statistics/moments.ts';
import type { Aggregate, MetricValue, ScoreColumns } from './metric.ts';
import { requireSamples } from './sample-count.ts';

/** The standard error is lm_eval/api/metrics.py `mean_stderr`, or statsmodels' cluster-robust one. */
export const mean: Aggregate = {
  description: 'Arithmetic mean',
  source: 'lm_eval/api/metrics.py mean, mean_stderr; statsmodels proportion_confint, OLS cov_type=cluster',
  aggregate: ({ values, clusters }: ScoreColumns): MetricValue => {
    requireSamples(values);
    const n = values.length;
    const value = meanOf(values) ?? 0;
    const binary = values.every((score) => score === 0 || score === 1);
    if (clusters !== undefined && new Set(clusters).size < n)
      return clusteredMean(values, clusters, value, binary);
    const stderr = standardError(values);
    if (binary) return { value, n, stderr, ...ends(wilsonInterval(value * n, n)), method: 'wilson' };
    if (stderr === undefined) return { value, n, method: 'none' };
    return { value, n, stderr, ...ends(studentInterval(value, stderr, n - 1)), method: 'student-t' };
  },
};

// Where all clusters agree on 0 or 1 the clustered error is 0 and says nothing: Wilson over the clusters does.
function clusteredMean(
  values: Float64Array,
  clusters: Int32Array,
  value: number,
  binary: boolean,
): MetricValue {
  const n = values.length;
  const groups = new Set(clusters).size;
  const error = clusteredStandardError(values, clusters);
  if (binary && (value === 0 || value === 1)) {
    return {
      value,
      n,
      stderr: error?.stderr,
      ...ends(wilsonInterval(value * groups, groups)),
      method: 'wilson',
    };
  }
  if (error === undefined) return { value, n, method: 'none' };
  const { low, high } = studentInterval(value, error.stderr, error.clusters - 1);
  const interval = binary ? { low: Math.max(0, low), high: Math.min(1, high) } : { low, high };
  return { value, n, stderr: error.stderr, ...ends(interval), method: 'clustered' };
}

function ends(interval: Interval): { ciLow: number; ciHigh: number } {
  return { ciLow: interval.low, ciHigh: interval.high };
}
