// Every aggregate by its name in task files.
import { bitsPerByte } from './bits-per-byte.ts';
import { mean } from './mean.ts';
import { median } from './median.ts';
import type { Aggregate } from './metric.ts';
import { percentile } from './percentile.ts';
import { perplexity } from './perplexity.ts';
import { weightedPerplexity } from './weighted-perplexity.ts';

/** The harness's names, and percentiles. */
export const aggregates = {
  bits_per_byte: bitsPerByte,
  mean,
  median,
  p50: percentile(50),
  p90: percentile(90),
  p95: percentile(95),
  p99: percentile(99),
  perplexity,
  weighted_perplexity: weightedPerplexity,
} satisfies Record<string, Aggregate>;
