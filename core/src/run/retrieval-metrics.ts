// What an evaluation's retrievals were worth, where relevant documents are known (metrics.md §6).
import { aggregates } from '../metric/registry.ts';
import type { MetricRecord } from './record.ts';
import type { Measurement, ResultStore } from './result-store.ts';

// k is the variant's own: how many chunks its retriever, or its reranker, hands over.
const measurementOf: Readonly<Record<string, Measurement>> = {
  hit_rate: 'goldRetrieved',
  recall_at_k: 'documentRecall',
  mrr_at_k: 'reciprocalRank',
};

/** Every name that {@link retrievalMetrics} may report. */
export const retrievalMetricNames: readonly string[] = Object.keys(measurementOf);

/**
 * `hit_rate` (questions with a chunk of a relevant document), `recall_at_k` and `mrr_at_k` (over documents, each at
 * its best chunk), as means over the questions; none when no question has a relevant document.
 */
export async function retrievalMetrics(
  store: ResultStore,
  evaluationId: string,
  seed: number,
): Promise<MetricRecord[]> {
  const records: MetricRecord[] = [];
  for (const [metric, measurement] of Object.entries(measurementOf)) {
    const values = await store.measured(evaluationId, measurement);
    if (values.length === 0) continue;
    const weights = new Float64Array(values.length).fill(1);
    const mean = aggregates.mean.aggregate({ values, weights }, seed);
    records.push({ ...mean, evaluationId, metric, filter: 'none', kind: 'retrieval', higherIsBetter: true });
  }
  return records;
}
