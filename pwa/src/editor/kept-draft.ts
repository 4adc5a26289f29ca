// Texts that somebody is writing, kept in the browser until they are saved, also while there is no network.
import { createStore, del, get, set, type UseStore } from 'idb-keyval';

let store: UseStore | undefined;

function open(): UseStore {
  store ??= createStore('bancada-text-draft', 'draft');
  return store;
}

/** What was kept under this key; undefined when nothing was, or the browser refuses storage. */
export async function readKept<Draft>(key: string): Promise<Draft | undefined> {
  try {
    return await get<Draft>(key, open());
  } catch {
    return undefined;
  }
}

/** Keeps it; where the browser refuses storage it lives as long as the page. */
export async function keep<Draft>(key: string, draft: Draft): Promise<void> {
  try {
    await set(key, draft, open());
  } catch {
    // Private windows and full disks refuse storage: the editor works without.
  }
}

/** Forgets it. */
export async function forgetKept(key: string): Promise<void> {
  try {
    await del(key, open());
  } catch {
    // Nothing was kept.
  }
}
