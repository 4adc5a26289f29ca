// Everything that is reported of an evaluation: scores with their uncertainty, retrieval, speed, failures.
import { unknownName } from '../errors.ts';
import { aggregates } from '../metric/registry.ts';
import type { EvaluationRecord, MetricRecord } from './record.ts';
import type { EvaluationTotals, ResultStore } from './result-store.ts';
import { retrievalMetrics } from './retrieval-metrics.ts';
import { speedMetrics } from './speed-metrics.ts';

/**
 * The aggregates of the samples that are stored; a metric without any scored sample is left out.
 * @param seed drives bootstraps.
 */
export async function aggregateEvaluation(
  store: ResultStore,
  evaluation: EvaluationRecord,
  totals: EvaluationTotals,
  seed: number,
): Promise<MetricRecord[]> {
  return [
    ...(await scoreMetrics(store, evaluation, seed)),
    ...(await retrievalMetrics(store, evaluation.id, seed)),
    ...(await speedMetrics(store, evaluation, totals, seed)),
    ...(await failureMetrics(store, evaluation.id, totals)),
  ];
}

async function scoreMetrics(
  store: ResultStore,
  evaluation: EvaluationRecord,
  seed: number,
): Promise<MetricRecord[]> {
  const records: MetricRecord[] = [];
  for (const { metric, filter, aggregation, higherIsBetter } of evaluation.metrics) {
    const columns = await store.scores(evaluation.id, metric, filter);
    if (columns.values.length === 0) continue;
    if (!Object.hasOwn(aggregates, aggregation))
      throw unknownName('aggregation', aggregation, Object.keys(aggregates));
    const value = aggregates[aggregation as keyof typeof aggregates].aggregate(columns, seed);
    records.push({ ...value, evaluationId: evaluation.id, metric, filter, kind: 'score', higherIsBetter });
  }
  return records;
}

async function failureMetrics(
  store: ResultStore,
  evaluationId: string,
  totals: EvaluationTotals,
): Promise<MetricRecord[]> {
  return [...(await store.failures(evaluationId))].map(([reason, count]) => ({
    evaluationId,
    metric: `failed_${reason}`,
    filter: 'none',
    value: count,
    n: totals.samples,
    method: 'none',
    kind: 'failure',
    higherIsBetter: false,
  }));
}
