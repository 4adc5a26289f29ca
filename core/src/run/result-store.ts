// Where results go as they happen; SQLite here, Postgres in a worker, one contract suite for both.
import type { ScoreColumns } from '../metric/metric.ts';
import type { GateResult, RunEvent, RunWarning } from './event.ts';
import type { FinishedSamples } from './finished-samples.ts';
import type { EvaluationRecord, MetricRecord, RunRecord, RunStatus, SampleRecord } from './record.ts';

/** A measurement of retrieval: the same for every repeat of an item. `goldRetrieved` is 1 or 0. */
export const retrievalMeasurements = ['goldRetrieved', 'documentRecall', 'reciprocalRank'] as const;

/** A measurement that every sample may have. */
export const measurements = [
  'queueMs',
  'ttftMs',
  'e2eMs',
  'interTokenMs',
  'prefillMs',
  'decodeMs',
  ...retrievalMeasurements,
] as const;

/**
 * One of {@link measurements}. `interTokenMs` is a sample's mean gap; {@link retrievalMeasurements} are of each
 * item's first repeat alone.
 */
export type Measurement = (typeof measurements)[number];

/** Whether a measurement is of retrieval, and so counts once for each item. */
export function isOfRetrieval(measurement: Measurement): boolean {
  return (retrievalMeasurements as readonly Measurement[]).includes(measurement);
}

/** What an evaluation's samples add up to. Failed samples count in `samples` and `failed` alone. */
export interface EvaluationTotals {
  readonly samples: number;
  readonly failed: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Tokens read by the samples whose `prefillMs` is known (the prompt; where text is scored, that text too), and those milliseconds. */
  readonly prefill: { readonly tokens: number; readonly ms: number };
  /** Output tokens of the samples whose `decodeMs` is known, and those milliseconds. */
  readonly decode: { readonly tokens: number; readonly ms: number };
  /** Gaps between tokens, and the milliseconds they took. */
  readonly interToken: { readonly gaps: number; readonly ms: number };
  /** Prompt tokens of the samples whose TTFT is known, and those milliseconds without the queue. */
  readonly firstToken: { readonly tokens: number; readonly ms: number };
  /** Samples that lost prompt tokens on the left. */
  readonly truncated: number;
  /** Samples whose answer ended by length. */
  readonly lengthStopped: number;
  /** Mean of 1 / choices; undefined when no item has choices. */
  readonly chance: number | undefined;
  /** Wall time in which the evaluation ran, over all its resumptions, milliseconds. */
  readonly activeMs: number;
}

/** How an evaluation ended. */
export interface EvaluationEnd {
  /** With its last status. */
  readonly evaluation: EvaluationRecord;
  readonly metrics: readonly MetricRecord[];
  /** Of this evaluation; those of an earlier try of it go. */
  readonly warnings: readonly RunWarning[];
  /** What tells of it, in order. */
  readonly events: readonly RunEvent[];
}

/** Every write is durable when its promise resolves; a sample (evaluation, item, repeat) counts once, however often it is written. */
export interface ResultStore {
  /**
   * Creates the run with its evaluations and claims it for this process; what exists already is left as it is.
   * @throws BancadaError STORE_FAILED when another living process is writing this run.
   */
  open(run: RunRecord, evaluations: readonly EvaluationRecord[]): Promise<void>;
  /** The latest run with this fingerprint, whatever its status. */
  latest(fingerprint: string): Promise<RunRecord | undefined>;
  /** The evaluations of a run in the order in which it was planned. */
  evaluations(runId: string): Promise<EvaluationRecord[]>;
  /** Finished samples; `retryFailed` leaves the failed ones out. */
  finished(evaluationId: string, repeats: number, retryFailed: boolean): Promise<FinishedSamples>;
  /**
   * One transaction. A sample that is there already is ignored, unless the one that is there has failed: then it is replaced.
   * `activeMs` is added to the evaluation's wall time. @returns how many were written.
   */
  append(evaluationId: string, samples: readonly SampleRecord[], activeMs: number): Promise<number>;
  updateEvaluation(evaluation: EvaluationRecord): Promise<void>;
  /** One transaction: whoever sees that an evaluation has ended also sees its metrics, warnings and events. */
  endEvaluation(end: EvaluationEnd): Promise<void>;
  /** A status other than `running` gives the claim of `open` back. */
  setRunStatus(runId: string, status: RunStatus, finishedAt?: string): Promise<void>;
  /** Replaces the metrics of an evaluation. */
  saveMetrics(evaluationId: string, metrics: readonly MetricRecord[]): Promise<void>;
  /** Replaces the gates of a run. */
  saveGates(runId: string, gates: readonly GateResult[]): Promise<void>;
  /** Keeps an event for replay and for the log. */
  record(runId: string, event: RunEvent): Promise<void>;
  /** Columns for the aggregate, by item and repeat. Clusters are the samples' groups, else the items when they are repeated. */
  scores(evaluationId: string, metric: string, filter: string): Promise<ScoreColumns>;
  /** The known values of one measurement over the samples that did not fail, by item and repeat. */
  measured(evaluationId: string, measurement: Measurement): Promise<Float64Array>;
  totals(evaluationId: string): Promise<EvaluationTotals>;
  /** Failed samples by reason. */
  failures(evaluationId: string): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** An event as it was kept. */
export interface RecordedEvent {
  /** Counts up within a run, from 1. */
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly event: RunEvent;
}

/** Reading side for show, compare and export. */
export interface ResultReader {
  /** Latest first. */
  runs(): Promise<RunRecord[]>;
  evaluations(runId: string): Promise<EvaluationRecord[]>;
  metrics(evaluationId: string): Promise<MetricRecord[]>;
  warnings(runId: string): Promise<RunWarning[]>;
  gates(runId: string): Promise<GateResult[]>;
  /** In item and repeat order; streams with constant memory. */
  samples(evaluationId: string): AsyncIterable<SampleRecord>;
  /** What `record` kept, oldest first, from after the given sequence on. */
  events(runId: string, afterSequence?: number): AsyncIterable<RecordedEvent>;
  close(): Promise<void>;
}
