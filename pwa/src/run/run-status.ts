// The states of a run, and which of them are the end.
import type { RunSnapshot } from './run-query.ts';

/** The state of a run. */
export type RunStatusName = RunSnapshot['status'];

/** Whether nothing more will happen by itself. */
export function isFinished(status: RunStatusName): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';
}
