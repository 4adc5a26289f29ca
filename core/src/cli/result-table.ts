// The table at the end of a run: task x model x variant, each score with n, interval and speed.
import Table from 'cli-table3';
import type { GateResult, RunWarning } from '../run/event.ts';
import type { EvaluationRecord, MetricRecord } from '../run/record.ts';
import { formatInterval, formatNumber } from './number-format.ts';

/** One evaluation with its aggregates, as a store gives them back. */
export interface EvaluationResult {
  readonly evaluation: EvaluationRecord;
  readonly metrics: readonly MetricRecord[];
}

/** The score table as text; an evaluation that could not run shows its reason instead of numbers. */
export function resultTable(results: readonly EvaluationResult[], colour: boolean): string {
  const table = new Table({
    head: ['task', 'model', 'variant', 'metric', 'n', 'score', '95 % CI', 'failed', 'tok/s'],
    style: colour ? { head: ['cyan'], compact: true } : { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { evaluation, metrics } of results) {
    const cell = [evaluation.task, evaluation.model, evaluation.variant];
    const scores = metrics.filter((metric) => metric.kind === 'score' || metric.kind === 'retrieval');
    if (scores.length === 0) {
      table.push([
        ...cell,
        {
          colSpan: 6,
          content:
            evaluation.error === undefined
              ? `no finished sample (${evaluation.status})`
              : 'could not run: see below',
        },
      ]);
      continue;
    }
    scores.forEach((metric, position) => {
      table.push([
        ...(position === 0 ? cell : ['', '', '']),
        metricName(metric),
        metric.n.toLocaleString('en-US'),
        formatNumber(metric.value),
        formatInterval(metric),
        ...(position === 0 ? [failedCount(metrics), tokensPerSecond(metrics)] : ['', '']),
      ]);
    });
  }
  return table.toString();
}

/** Warnings and gates as lines under the table. */
export function resultNotes(
  results: readonly EvaluationResult[],
  warnings: readonly RunWarning[],
  gates: readonly GateResult[],
): string[] {
  const names = new Map(results.map(({ evaluation }) => [evaluation.id, evaluationName(evaluation)]));
  const faults = new Map<string, string[]>();
  for (const { evaluation } of results) {
    if (evaluation.error === undefined) continue;
    faults.set(evaluation.error, [...(faults.get(evaluation.error) ?? []), evaluationName(evaluation)]);
  }
  return [
    ...[...faults].map(([fault, evaluations]) => `could not run ${evaluations.join(', ')}: ${fault}`),
    ...warnings.map(
      (warning) => `warning ${warning.code} ${names.get(warning.evaluationId) ?? ''}: ${warning.message}`,
    ),
    ...gates.map((gate) => `gate ${gate.passed ? 'passed' : 'MISSED'}: ${gate.message}`),
  ];
}

/** `tiny-facts / bancada-tiny / dense`. */
export function evaluationName(evaluation: EvaluationRecord): string {
  return [evaluation.task, evaluation.model, evaluation.variant].join(' / ');
}

function metricName(metric: MetricRecord): string {
  return metric.filter === 'none' ? metric.metric : `${metric.metric},${metric.filter}`;
}

function failedCount(metrics: readonly MetricRecord[]): string {
  const failed = metrics
    .filter((metric) => metric.kind === 'failure')
    .reduce((sum, metric) => sum + metric.value, 0);
  return failed.toLocaleString('en-US');
}

// Generation is judged by decoding, scoring by reading: show the rate that dominates.
function tokensPerSecond(metrics: readonly MetricRecord[]): string {
  const rate =
    metrics.find((metric) => metric.metric === 'decode_tokens_per_second') ??
    metrics.find((metric) => metric.metric === 'prefill_tokens_per_second');
  return rate === undefined ? '-' : formatNumber(rate.value);
}
