// Where results go as they happen; SQLite here, Postgres in a worker, one contract suite for both.
import type { ScoreColumns } from '../metric/metric.ts';
import type { GateResult, RunEvent, RunWarning } from './event.ts';
import type { EvaluationRecord, MetricRecord, RunRecord, RunStatus, SampleRecord } from './record.ts';

/** The measurements of the finished samples of one evaluation as aligned columns, in item and repeat order; NaN where a sample has none. */
export interface SpeedColumns {
  readonly queueMs: Float64Array;
  readonly ttftMs: Float64Array;
  readonly e2eMs: Float64Array;
  readonly prefillMs: Float64Array;
  readonly decodeMs: Float64Array;
  readonly promptTokens: Float64Array;
  readonly outputTokens: Float64Array;
  readonly droppedTokens: Float64Array;
  /** 1 when the answer ended by length instead of a stop. */
  readonly lengthStopped: Float64Array;
  /** 1 gold passage among the retrieved, 0 not, NaN not known. */
  readonly goldRetrieved: Float64Array;
}

/** Every write is durable when its promise resolves; a repeated sample (same evaluation, item, repeat) is ignored, never counted twice. */
export interface ResultStore {
  /** Creates the run with its evaluations; does nothing for those that exist. */
  open(run: RunRecord, evaluations: readonly EvaluationRecord[]): Promise<void>;
  /** The latest run with this fingerprint that has not succeeded, or undefined. */
  unfinished(fingerprint: string): Promise<RunRecord | undefined>;
  /** Finished samples as `item * repeats + repeat`, failed ones left out when `retryFailed`. */
  finished(evaluationId: string, repeats: number): Promise<Set<number>>;
  /** One transaction. @returns how many were new. */
  append(samples: readonly SampleRecord[]): Promise<number>;
  updateEvaluation(evaluation: EvaluationRecord): Promise<void>;
  setRunStatus(runId: string, status: RunStatus, finishedAt?: string): Promise<void>;
  /** Replaces the metrics of an evaluation. */
  saveMetrics(evaluationId: string, metrics: readonly MetricRecord[]): Promise<void>;
  saveWarnings(runId: string, warnings: readonly RunWarning[]): Promise<void>;
  saveGates(runId: string, gates: readonly GateResult[]): Promise<void>;
  /** Keeps an event for replay and for the log. */
  record(runId: string, event: RunEvent): Promise<void>;
  /** Columns for the aggregate, ordered by item and repeat. `groups`: cluster by the samples' group (else by item when repeated). */
  scores(evaluationId: string, metric: string, filter: string): Promise<ScoreColumns>;
  speed(evaluationId: string): Promise<SpeedColumns>;
  /** Failed samples by reason. */
  failures(evaluationId: string): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** Reading side for show, compare and export. */
export interface ResultReader {
  runs(): Promise<RunRecord[]>;
  evaluations(runId: string): Promise<EvaluationRecord[]>;
  metrics(evaluationId: string): Promise<MetricRecord[]>;
  warnings(runId: string): Promise<RunWarning[]>;
  gates(runId: string): Promise<GateResult[]>;
  /** In item and repeat order; streams with constant memory. */
  samples(evaluationId: string): AsyncIterable<SampleRecord>;
}
