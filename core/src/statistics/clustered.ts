// Standard error of a mean whose samples come in clusters (questions on one passage, repeats of one item).
import { mean, sum } from './moments.ts';

/** Standard error, and the number of clusters: an interval has one degree of freedom fewer. */
export interface ClusteredError {
  readonly stderr: number;
  readonly clusters: number;
}

/**
 * Cluster-robust standard error of the mean with the small-sample factor G / (G - 1)
 * (statsmodels `OLS(y, 1).fit(cov_type='cluster')`; Miller 2024, "Adding Error Bars to Evals", §2.2, without the factor).
 * With one sample a cluster it equals the plain standard error. Undefined for fewer than two clusters.
 */
export function clusteredStandardError(
  values: ArrayLike<number>,
  clusters: ArrayLike<number>,
): ClusteredError | undefined {
  const centre = mean(values);
  if (centre === undefined) return undefined;
  const residuals = clusterSums(values, clusters, centre);
  const count = residuals.length;
  if (count < 2) return undefined;
  const squares = sum(residuals.map((residual) => residual ** 2));
  return { stderr: Math.sqrt((squares * count) / (count - 1)) / values.length, clusters: count };
}

/** The sum of `value - centre` within each cluster, in order of first appearance. */
export function clusterSums(
  values: ArrayLike<number>,
  clusters: ArrayLike<number>,
  centre = 0,
): Float64Array {
  const sums = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const cluster = clusters[i] as number;
    sums.set(cluster, (sums.get(cluster) ?? 0) + (values[i] as number) - centre);
  }
  return Float64Array.from(sums.values());
}
