// What every tab of a run's page is given.
import type { RunState } from '../../run/run-state.ts';

/** The run as it stands. */
export interface TabProps {
  readonly state: RunState;
}
