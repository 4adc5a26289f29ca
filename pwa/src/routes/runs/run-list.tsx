// The runs of a page of the list: cards on a phone, a table on a desktop.
import { component$, type QRL } from '@builder.io/qwik';
import type { RunRow } from '../../live/use-activity.ts';
import type { MenuTarget } from '../../run/run-menu.tsx';
import { roomForTable, useWide } from '../../shell/wide.ts';
import { RunCards } from './run-cards.tsx';
import { RunTable } from './run-table.tsx';

/** What a list needs to show runs and to say what was asked of them. */
export interface RunListProps {
  readonly runs: readonly RunRow[];
  /** Ids of the runs that are ticked. */
  readonly selected: readonly string[];
  /** Ticks a run, or takes the tick away. */
  readonly onSelect$: QRL<(id: string, chosen: boolean) => void>;
  /** Opens the menu of a run. */
  readonly onMenu$: QRL<(target: MenuTarget) => void>;
  /** Pauses or resumes a run at once. */
  readonly onAct$: QRL<(action: 'pause' | 'resume', id: string) => void>;
}

/** A run as its menu knows it. */
export function menuTarget(run: RunRow, ask: MenuTarget['ask'] = ''): MenuTarget {
  return { id: run.id, name: run.name, status: run.status, failed: run.progress.failed, ask };
}

/** Cards or a table, as the window is wide. */
export const RunList = component$<RunListProps>((props) => {
  const wide = useWide(roomForTable);
  return wide.value ? <RunTable {...props} /> : <RunCards {...props} />;
});
