// When to send a failed request again.

/** Longest pause between two tries that the endpoint did not ask for, in milliseconds. */
const longestPauseMs = 30_000;

/**
 * The value of a Retry-After header in milliseconds from `nowMs`: seconds, or an HTTP date (RFC 9110 §10.2.3).
 * Undefined when it is missing or neither.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/**
 * The pause after try number `attempt`, in milliseconds: what the endpoint asked for, else exponential
 * with half of it drawn at random, so that many clients do not come back at the same moment.
 */
export function pauseBeforeRetry(
  attempt: number,
  firstMs: number,
  retryAfterMs: number | undefined,
  random: () => number = Math.random,
): number {
  if (retryAfterMs !== undefined) return retryAfterMs;
  return Math.min(longestPauseMs, firstMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);
}
