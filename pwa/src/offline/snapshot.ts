// The last twenty runs as they were read, kept on this device for when there is no network.
import { type AnyVariables, stringifyVariables } from '@urql/core';
import type { DocumentNode } from 'graphql';
import { clear, createStore, delMany, entries, get, set, type UseStore } from 'idb-keyval';

/** How many runs (and lists) are kept; those read longest ago go first. */
const keptGroups = 20;

interface Snapshot {
  readonly group: string;
  /** When it was read, milliseconds since 1970. */
  readonly at: number;
  readonly data: unknown;
}

let store: UseStore | undefined;

function open(): UseStore {
  store ??= createStore('bancada-snapshot', 'snapshot');
  return store;
}

/** Keeps a result under a group: a run's id, or the name of a list. Failing to keep is no fault of the screen. */
export async function keepSnapshot(
  group: string,
  operation: DocumentNode,
  variables: AnyVariables,
  data: unknown,
): Promise<void> {
  try {
    const snapshot: Snapshot = { group, at: Date.now(), data };
    await set(keyOf(operation, variables), snapshot, open());
    await forgetOldest();
  } catch {
    // Private windows and full disks refuse storage: the screen works without.
  }
}

/** What was kept of an operation, and when it was read (milliseconds since 1970). */
export async function readSnapshot<Data>(
  operation: DocumentNode,
  variables: AnyVariables,
): Promise<{ data: Data; at: number } | undefined> {
  try {
    const found = await get<Snapshot>(keyOf(operation, variables), open());
    return found === undefined ? undefined : { data: found.data as Data, at: found.at };
  } catch {
    return undefined;
  }
}

/** Forgets everything that was kept: whoever signs out leaves nothing to read. */
export async function forgetSnapshots(): Promise<void> {
  try {
    await clear(open());
  } catch {
    // Where storage is refused, nothing was kept.
  }
}

async function forgetOldest(): Promise<void> {
  const rows = (await entries<string, Snapshot>(open())).sort((a, b) => b[1].at - a[1].at);
  const kept = new Set([...new Set(rows.map(([, row]) => row.group))].slice(0, keptGroups));
  await delMany(
    rows.filter(([, row]) => !kept.has(row.group)).map(([key]) => key),
    open(),
  );
}

function keyOf(operation: DocumentNode, variables: AnyVariables): string {
  const name = operation.definitions.find((part) => part.kind === 'OperationDefinition')?.name?.value ?? '';
  return `${name} ${stringifyVariables(variables ?? {})}`;
}
