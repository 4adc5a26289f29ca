// Keeps the draft of a run in the browser between visits, also while there is no network.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { emptyDraft, type RunDraft } from './draft.ts';

interface DraftSchema extends DBSchema {
  draft: { key: string; value: RunDraft };
}

const only = 'run';
let database: Promise<IDBPDatabase<DraftSchema>> | undefined;

function open(): Promise<IDBPDatabase<DraftSchema>> {
  database ??= openDB<DraftSchema>('bancada-draft', 1, {
    upgrade: (created) => {
      created.createObjectStore('draft');
    },
  });
  return database;
}

/** The kept draft; fields that an older version did not have are empty. */
export async function readDraft(): Promise<RunDraft | undefined> {
  try {
    const kept = await (await open()).get('draft', only);
    return kept === undefined ? undefined : { ...emptyDraft(), ...kept };
  } catch {
    return undefined;
  }
}

/** Keeps the draft; where the browser refuses storage it lives as long as the page. */
export async function keepDraft(draft: RunDraft): Promise<void> {
  try {
    await (await open()).put('draft', draft, only);
  } catch {
    // Private windows and full disks refuse storage: the form works without.
  }
}

/** Forgets the draft. */
export async function forgetDraft(): Promise<void> {
  try {
    await (await open()).delete('draft', only);
  } catch {
    // Nothing was kept.
  }
}
