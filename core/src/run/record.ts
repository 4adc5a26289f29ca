// The rows of a result: run, evaluation, sample and metric, in the form that every store keeps.
import type { IntervalMethod } from '../metric/metric.ts';
import type { ModelInfo } from '../model/model-info.ts';
import type { RetrievedChunk } from '../rag/document.ts';
import type { OutputType } from '../request/output-type.ts';
import type { FailureReason, TokenCount } from '../request/request.ts';
import type { Timing } from '../request/timing.ts';
import type { Score } from '../scorer/scorer.ts';
import type { TaskMetric } from '../task/task.ts';

/** The life of a run; a killed process leaves `running`, and resume takes it up. */
export type RunStatus = 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/** One execution of a suite. Times are ISO 8601 in UTC. */
export interface RunRecord {
  /** UUID version 7: sorts by time. */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the resolved suite: resume only takes up a run with the same one. */
  readonly fingerprint: string;
  readonly status: RunStatus;
  readonly createdAt: string;
  readonly finishedAt?: string | undefined;
  /** Immutable: the suite as given and as resolved, versions, commit, machine, seeds: enough to repeat the run. */
  readonly snapshot: Readonly<Record<string, unknown>>;
}

/** One cell of a run: task x model x variant. */
export interface EvaluationRecord {
  /** Deterministic within a run: the same suite gives the same ids. */
  readonly id: string;
  readonly runId: string;
  readonly task: string;
  readonly model: string;
  /** `closed-book`, a RAG variant's name, with matrix values in brackets: `dense[k=5]`. */
  readonly variant: string;
  readonly outputType: OutputType;
  readonly numFewshot: number;
  readonly metrics: readonly TaskMetric[];
  /** How often each item is asked. */
  readonly repeats: number;
  /** SHA-256 over model, task, variant, parameters and seed. */
  readonly fingerprint: string;
  /** The weights that answered; known once the model is open. */
  readonly modelInfo?: ModelInfo | undefined;
  /** Generation parameters, task configuration and data hash, RAG snapshot. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Samples planned (items x repeats), when known before the end. */
  readonly planned?: number | undefined;
  readonly status: 'pending' | 'running' | 'succeeded' | 'failed';
  /** Why the evaluation as a whole could not run (model did not load, data set empty), one sentence. */
  readonly error?: string | undefined;
}

/** One question that a sample put to the model, with the answer's measurements. */
export interface SampleRequest {
  /** Continuation or empty; contexts are in `input`. */
  readonly text: string;
  readonly loglikelihood?: number | undefined;
  readonly isGreedy?: boolean | undefined;
  readonly finish?: 'stop' | 'length' | undefined;
  readonly tokens: TokenCount;
  readonly timing: Timing;
  readonly attempts: number;
}

/** Whether the sample could be answered. */
export type SampleStatus =
  | { readonly status: 'ok' }
  | { readonly status: 'failed'; readonly reason: FailureReason; readonly message: string };

/** One item of an evaluation, one repeat. Unique: evaluation, item, repeat. */
export interface SampleRecord {
  readonly evaluationId: string;
  /** Position in the split. */
  readonly item: number;
  readonly repeat: number;
  readonly itemId: string;
  readonly outcome: SampleStatus;
  /** The prompt as put: text, or JSON of the messages. */
  readonly input: string;
  readonly target: string;
  /** The filtered answer or the chosen option; empty when failed. */
  readonly prediction: string;
  /** The unfiltered generation; empty for log-probability tasks. */
  readonly output: string;
  readonly group?: string | undefined;
  /** Number of options of a multiple-choice item. */
  readonly choices?: number | undefined;
  readonly requests: readonly SampleRequest[];
  /** Chunks put into the prompt, best first; undefined for closed book. */
  readonly retrieved?: readonly RetrievedChunk[] | undefined;
  /** Ids of the documents that hold the answer, for a sample with retrieval; empty when none is known to be relevant. */
  readonly relevantDocuments?: readonly string[] | undefined;
  /** Whether a chunk of a relevant document was retrieved; undefined when no document is known to be relevant. */
  readonly goldRetrieved?: boolean | undefined;
  /** Relevant documents retrieved / all relevant ones; undefined together with `goldRetrieved`. */
  readonly documentRecall?: number | undefined;
  /** 1 / rank of the first relevant document, 0 when none was retrieved; undefined together with `goldRetrieved`. */
  readonly reciprocalRank?: number | undefined;
  readonly scores: readonly Score[];
  /** Sums over the requests. */
  readonly tokens: TokenCount;
  /** Over the requests, which run side by side: shortest queue, longest e2e, summed prefill and decode, TTFT and gaps of the first that generated. */
  readonly timing: Timing;
  /** When the model took the first request. ISO 8601 in UTC. */
  readonly startedAt: string;
}

/** An aggregate of an evaluation: score metrics and measurements (`ttft_p95_ms`) alike. */
export interface MetricRecord {
  readonly evaluationId: string;
  readonly metric: string;
  readonly filter: string;
  readonly value: number;
  readonly n: number;
  readonly stderr?: number | undefined;
  readonly ciLow?: number | undefined;
  readonly ciHigh?: number | undefined;
  readonly method: IntervalMethod;
  /** `score`: from the task; `retrieval`: hit rates; `speed`: timings and rates; `failure`: counts by reason. */
  readonly kind: 'score' | 'retrieval' | 'speed' | 'failure';
  readonly higherIsBetter: boolean;
}
