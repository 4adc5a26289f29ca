// Standard error of a group of tasks from those of its members.

/** One member: its standard error and its number of samples. */
export interface PooledPart {
  readonly stderr: number;
  readonly n: number;
}

/**
 * For a group's mean weighted by size (lm_eval/api/metrics.py `pooled_sample_stderr`).
 * Undefined when no member has a sample more than there are members.
 */
export function pooledStandardError(parts: readonly PooledPart[]): number | undefined {
  const n = parts.reduce((total, part) => total + part.n, 0);
  if (n <= parts.length) return undefined;
  const squares = parts.reduce((total, part) => total + (part.n - 1) * part.stderr ** 2 * part.n, 0);
  return Math.sqrt(squares / (n - parts.length) / n);
}

/** For a group's plain mean of its members' means (lm_eval/api/metrics.py `unweighted_mean_stderr`); undefined for no members. */
export function unweightedStandardError(parts: readonly PooledPart[]): number | undefined {
  if (parts.length === 0) return undefined;
  return Math.sqrt(parts.reduce((total, part) => total + part.stderr ** 2, 0)) / parts.length;
}
