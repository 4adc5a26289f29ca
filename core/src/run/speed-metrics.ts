// How fast an evaluation was: latencies by percentile, prefill and decode apart (metrics.md §8).
import { measurementPercentiles } from '../metric/percentile.ts';
import type { EvaluationRecord, MetricRecord } from './record.ts';
import type { EvaluationTotals, Measurement, ResultStore } from './result-store.ts';

const latencies: readonly { readonly name: string; readonly measurement: Measurement }[] = [
  { name: 'ttft', measurement: 'ttftMs' },
  { name: 'e2e', measurement: 'e2eMs' },
];
const percents = [50, 95, 99];

const rateNames = [
  'prefill_tokens_per_second',
  'decode_tokens_per_second',
  'output_tokens_per_second',
  'samples_per_second',
] as const;

/** Every name that {@link speedMetrics} may report. */
export const speedMetricNames: readonly string[] = [
  ...latencies.flatMap(({ name }) => percents.map((percent) => latencyName(name, percent))),
  ...rateNames,
];

/**
 * `ttft_p50_ms` … `e2e_p99_ms` with their intervals; `prefill_tokens_per_second` and
 * `decode_tokens_per_second` over the engine's own time, else over time to first token and gaps between tokens;
 * `output_tokens_per_second` and `samples_per_second` over wall time. What was not measured is left out.
 */
export async function speedMetrics(
  store: ResultStore,
  evaluation: EvaluationRecord,
  totals: EvaluationTotals,
  seed: number,
): Promise<MetricRecord[]> {
  const records: MetricRecord[] = [];
  for (const { name, measurement } of latencies) {
    const values = measurementPercentiles(await store.measured(evaluation.id, measurement), percents, seed);
    values.forEach((value, position) => {
      const metric = latencyName(name, percents[position] ?? 0);
      records.push({
        ...value,
        evaluationId: evaluation.id,
        metric,
        filter: 'none',
        kind: 'speed',
        higherIsBetter: false,
      });
    });
  }
  return [...records, ...rates(evaluation, totals)];
}

function rates(evaluation: EvaluationRecord, totals: EvaluationTotals): MetricRecord[] {
  const generates = evaluation.outputType === 'generate_until' || evaluation.outputType === 'chat';
  const { prefill, firstToken, decode, interToken, activeMs } = totals;
  // Given continuations are read, not written: their tokens are prefill too.
  const read = prefill.tokens + (generates ? 0 : totals.outputTokens);
  const found: Record<(typeof rateNames)[number], number | undefined> = {
    prefill_tokens_per_second: perSecond(read, prefill.ms) ?? perSecond(firstToken.tokens, firstToken.ms),
    decode_tokens_per_second: generates
      ? (perSecond(decode.tokens, decode.ms) ?? perSecond(interToken.gaps, interToken.ms))
      : undefined,
    output_tokens_per_second: generates ? perSecond(totals.outputTokens, activeMs) : undefined,
    samples_per_second: perSecond(totals.samples, activeMs),
  };
  return Object.entries(found).flatMap(([metric, value]) => {
    if (value === undefined) return [];
    const n = totals.samples - totals.failed;
    return [
      {
        evaluationId: evaluation.id,
        metric,
        filter: 'none',
        value,
        n,
        method: 'none',
        kind: 'speed',
        higherIsBetter: true,
      },
    ];
  });
}

function latencyName(name: string, percent: number): string {
  return `${name}_p${percent}_ms`;
}

function perSecond(count: number, ms: number): number | undefined {
  return count > 0 && ms > 0 ? (count / ms) * 1000 : undefined;
}
