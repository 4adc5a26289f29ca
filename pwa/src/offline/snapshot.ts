// The last twenty runs as they were read, kept on this device for when there is no network.
import { type AnyVariables, stringifyVariables } from '@urql/core';
import type { DocumentNode } from 'graphql';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** How many runs (and lists) are kept; those read longest ago go first. */
export const keptGroups = 20;

interface SnapshotSchema extends DBSchema {
  snapshot: {
    key: string;
    value: { key: string; group: string; at: number; data: unknown };
    indexes: { at: number; group: string };
  };
}

let database: Promise<IDBPDatabase<SnapshotSchema>> | undefined;

function open(): Promise<IDBPDatabase<SnapshotSchema>> {
  database ??= openDB<SnapshotSchema>('bancada', 1, {
    upgrade: (created) => {
      const store = created.createObjectStore('snapshot', { keyPath: 'key' });
      store.createIndex('at', 'at');
      store.createIndex('group', 'group');
    },
  });
  return database;
}

/** Keeps a result under a group: a run's id, or the name of a list. Failing to keep is no fault of the screen. */
export async function keepSnapshot(
  group: string,
  operation: DocumentNode,
  variables: AnyVariables,
  data: unknown,
): Promise<void> {
  try {
    const store = await open();
    await store.put('snapshot', { key: keyOf(operation, variables), group, at: Date.now(), data });
    await forgetOldest(store);
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
    const found = await (await open()).get('snapshot', keyOf(operation, variables));
    return found === undefined ? undefined : { data: found.data as Data, at: found.at };
  } catch {
    return undefined;
  }
}

async function forgetOldest(store: IDBPDatabase<SnapshotSchema>): Promise<void> {
  const rows = await store.getAllFromIndex('snapshot', 'at');
  const newest = [...new Set(rows.reverse().map((row) => row.group))];
  const gone = new Set(newest.slice(keptGroups));
  for (const row of rows) if (gone.has(row.group)) await store.delete('snapshot', row.key);
}

function keyOf(operation: DocumentNode, variables: AnyVariables): string {
  const name = operation.definitions.find((part) => part.kind === 'OperationDefinition')?.name?.value ?? '';
  return `${name} ${stringifyVariables(variables ?? {})}`;
}
