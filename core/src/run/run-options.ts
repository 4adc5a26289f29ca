// What a caller may say about one execution of a plan.
import type { BaselineJudge } from './gates.ts';

/** How to execute a plan. */
export interface RunOptions {
  /** Ends the run within 2 s; everything finished is kept and can be resumed. */
  readonly signal?: AbortSignal | undefined;
  /** Takes up the latest run of the same plan in the store; what it has finished is not done again. */
  readonly resume?: boolean | undefined;
  /** With `resume`: failed samples are tried once more. */
  readonly retryFailed?: boolean | undefined;
  /** Judges gates with a baseline (see `judgeBaselineGates`); without it they are missed. */
  readonly judgeBaselines?: BaselineJudge | undefined;
}
