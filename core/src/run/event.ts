// What a run tells while it happens: one vocabulary from the library to the chart.
import type { EvaluationRecord, MetricRecord, RunRecord } from './record.ts';

/** How far a run has come. */
export interface Progress {
  /** Samples finished, failed ones included. */
  readonly done: number;
  /** Samples planned; grows when a data set tells its size only by being read. */
  readonly total: number;
  readonly failed: number;
  /** Samples per second over the last seconds. */
  readonly rate: number;
  /** Undefined until a rate is known. */
  readonly etaSeconds: number | undefined;
}

/** A condition that makes a number doubtful, e.g. `CHANCE_LEVEL`, `TRUNCATED_PROMPTS`, `FAILED_SAMPLES`. */
export interface RunWarning {
  readonly code: 'CHANCE_LEVEL' | 'TRUNCATED_PROMPTS' | 'FAILED_SAMPLES' | 'LENGTH_STOPPED' | 'SMALL_SAMPLE';
  readonly evaluationId: string;
  readonly message: string;
}

/** Whether a gate of the suite holds. */
export interface GateResult {
  readonly gate: Readonly<Record<string, unknown>>;
  readonly evaluationId: string | undefined;
  readonly value: number | undefined;
  readonly passed: boolean;
  readonly message: string;
}

/** Emitted in order; `samples.scored` and `metrics.updated` are coalesced to at most 4 a second, and the last one always arrives. */
export type RunEvent =
  | {
      readonly type: 'run.started';
      readonly run: RunRecord;
      readonly evaluations: readonly EvaluationRecord[];
      readonly progress: Progress;
    }
  | { readonly type: 'evaluation.started'; readonly evaluation: EvaluationRecord }
  | {
      readonly type: 'samples.scored';
      readonly evaluationId: string;
      readonly evaluationDone: number;
      readonly progress: Progress;
    }
  | {
      readonly type: 'sample.failed';
      readonly evaluationId: string;
      readonly item: number;
      readonly reason: string;
      readonly message: string;
    }
  | {
      readonly type: 'metrics.updated';
      readonly evaluationId: string;
      readonly metrics: readonly MetricRecord[];
      readonly preliminary: boolean;
    }
  | { readonly type: 'log.written'; readonly level: 'info' | 'warn' | 'error'; readonly message: string }
  | { readonly type: 'warning.raised'; readonly warning: RunWarning }
  | { readonly type: 'gate.evaluated'; readonly gate: GateResult }
  | {
      readonly type: 'evaluation.completed';
      readonly evaluation: EvaluationRecord;
      readonly metrics: readonly MetricRecord[];
    }
  | { readonly type: 'run.completed'; readonly run: RunRecord; readonly progress: Progress }
  | {
      readonly type: 'run.failed';
      readonly run: RunRecord;
      readonly progress: Progress;
      readonly message: string;
    }
  | { readonly type: 'run.cancelled'; readonly run: RunRecord; readonly progress: Progress };
