// What changed from one version of a data set to the next, in counts and columns.

/** The facts that are compared. */
export interface ComparedSplit {
  readonly name: string;
  readonly rows: number | null;
  readonly sha256: string;
  readonly columns: readonly string[];
}

/** One thing that changed. */
export type VersionChange =
  | { readonly type: 'splitAdded'; readonly split: string; readonly rows: number | null }
  | { readonly type: 'splitRemoved'; readonly split: string }
  | {
      readonly type: 'rowsChanged';
      readonly split: string;
      readonly before: number | null;
      readonly after: number | null;
    }
  | { readonly type: 'contentChanged'; readonly split: string }
  | {
      readonly type: 'columnsAdded' | 'columnsRemoved';
      readonly split: string;
      readonly columns: readonly string[];
    };

/** By split, in the order of the newer version, then what is gone. */
export function versionChanges(
  before: readonly ComparedSplit[],
  after: readonly ComparedSplit[],
): VersionChange[] {
  const changes: VersionChange[] = [];
  for (const split of after) {
    const old = before.find(({ name }) => name === split.name);
    if (old === undefined) {
      changes.push({ type: 'splitAdded', split: split.name, rows: split.rows });
      continue;
    }
    if (old.sha256 === split.sha256) continue;
    if (old.rows === split.rows) changes.push({ type: 'contentChanged', split: split.name });
    else changes.push({ type: 'rowsChanged', split: split.name, before: old.rows, after: split.rows });
    const added = split.columns.filter((column) => !old.columns.includes(column));
    const removed = old.columns.filter((column) => !split.columns.includes(column));
    if (added.length > 0) changes.push({ type: 'columnsAdded', split: split.name, columns: added });
    if (removed.length > 0) changes.push({ type: 'columnsRemoved', split: split.name, columns: removed });
  }
  const gone = before.filter(({ name }) => !after.some((split) => split.name === name));
  return [...changes, ...gone.map(({ name }) => ({ type: 'splitRemoved' as const, split: name }))];
}
