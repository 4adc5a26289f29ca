// The metrics that workers and API add up in the database: names, labels, buckets. What is here never changes its meaning.

/** A counter, or a histogram with upper bounds in base units; +Inf is added. */
export interface StoredMetric {
  readonly type: 'counter' | 'histogram';
  readonly help: string;
  /** Values come from registries and fixed lists alone. */
  readonly labels: readonly string[];
  /** Of a histogram, rising. Other buckets need another name: what was counted stays. */
  readonly buckets?: readonly number[];
}

const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const tokenBuckets = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5];
const jobBuckets = [0.05, 0.25, 1, 5, 15, 60, 300, 900, 3_600, 14_400];
const retrievalBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** By name (contract.md §7). */
export const storedMetrics = {
  bancada_job_wait_seconds: {
    type: 'histogram',
    help: 'Time that jobs waited in the queue, from when they might run to when they did',
    labels: ['queue'],
    buckets: jobBuckets,
  },
  bancada_job_duration_seconds: {
    type: 'histogram',
    help: 'Time that jobs took',
    labels: ['queue', 'outcome'],
    buckets: jobBuckets,
  },
  bancada_runs_total: { type: 'counter', help: 'Runs that ended, by outcome', labels: ['outcome'] },
  bancada_samples_total: {
    type: 'counter',
    help: 'Samples that were finished here, by task, model and outcome',
    labels: ['task', 'model', 'outcome'],
  },
  bancada_request_duration_seconds: {
    type: 'histogram',
    help: 'Time of requests to models, from their start to the last token',
    labels: ['model'],
    buckets: requestBuckets,
  },
  bancada_time_to_first_token_seconds: {
    type: 'histogram',
    help: 'Time to the first token of generations, from the start of the request',
    labels: ['model'],
    buckets: requestBuckets,
  },
  bancada_inter_token_latency_seconds: {
    type: 'histogram',
    help: 'Gaps between the tokens of generations',
    labels: ['model'],
    buckets: tokenBuckets,
  },
  bancada_tokens_total: {
    type: 'counter',
    help: 'Tokens read (input) and generated (output)',
    labels: ['model', 'direction'],
  },
  bancada_request_errors_total: {
    type: 'counter',
    help: 'Requests that failed for good, by reason, and attempts that were repeated (retried)',
    labels: ['model', 'type'],
  },
  bancada_retrieval_duration_seconds: {
    type: 'histogram',
    help: 'Time of retrievals for an item, by corpus and stage',
    labels: ['index', 'stage'],
    buckets: retrievalBuckets,
  },
  bancada_gpu_energy_joules_total: {
    type: 'counter',
    help: 'Energy drawn while workers ran, summed over the sampled power',
    labels: ['node', 'gpu'],
  },
} as const satisfies Readonly<Record<string, StoredMetric>>;

/** Name of a metric that the database adds up. */
export type StoredMetricName = keyof typeof storedMetrics;
