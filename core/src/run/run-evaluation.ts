// Executes one evaluation of a plan by itself: for a worker that shares a run with others.
import { BancadaError } from '../errors.ts';
import { EvaluationExecution } from './evaluation-execution.ts';
import type { Measured } from './gates.ts';
import type { RetrievalListener } from './observed-pipeline.ts';
import type { Plan } from './plan.ts';
import { ProgressMeter } from './progress.ts';
import type { EvaluationRecord } from './record.ts';
import { type ModelOpeners, RunResources } from './resources.ts';
import type { ResultStore } from './result-store.ts';

/** How to execute one evaluation. */
export interface EvaluationOptions {
  /** Ends it within 2 s; everything finished is kept. */
  readonly signal: AbortSignal;
  /** Failed samples are tried once more. */
  readonly retryFailed?: boolean | undefined;
  /** What loads models instead of core's own. */
  readonly openers?: ModelOpeners | undefined;
  /** Hears of every retrieval, with how long its stages took. */
  readonly onRetrieval?: RetrievalListener | undefined;
}

/**
 * Does what is not finished of an evaluation that is in the store, and aggregates it. The run's status, progress
 * and gates are the caller's.
 * @returns how it ended, or how far it came.
 * @param plan made of the same suite as the record, which it may have been long ago and elsewhere.
 * @throws BancadaError STORE_FAILED; INVALID_INPUT when the plan has no evaluation of the record's fingerprint (files have changed).
 */
export async function runEvaluation(
  plan: Plan,
  record: EvaluationRecord,
  store: ResultStore,
  options: EvaluationOptions,
): Promise<Measured> {
  const planned = plan.evaluations.find((candidate) => candidate.record.fingerprint === record.fingerprint);
  if (planned === undefined) {
    throw new BancadaError('INVALID_INPUT', 'the files that this evaluation was planned from have changed', {
      value: `${record.task} / ${record.model} / ${record.variant}`,
      hint: 'Start a new run',
    });
  }
  const { signal, retryFailed = false, openers, onRetrieval } = options;
  const resources = new RunResources(plan.context, signal, openers);
  try {
    const execution = new EvaluationExecution({
      planned,
      record,
      finished: await store.finished(record.id, record.repeats, retryFailed),
      resources,
      store,
      seed: plan.seed,
      signal,
      retryFailed,
      progress: new ProgressMeter(),
      emit: (event) => store.record(record.runId, event),
      end: (end) => store.endEvaluation(end),
      scored: () => undefined,
      onRetrieval,
    });
    return await execution.execute();
  } finally {
    await resources.close();
  }
}
