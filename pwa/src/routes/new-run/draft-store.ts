// Keeps the draft of a run in the browser between visits, also while there is no network.
import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import { emptyDraft, type RunDraft } from './draft.ts';

const only = 'run';
let store: UseStore | undefined;

function open(): UseStore {
  store ??= createStore('bancada-draft', 'draft');
  return store;
}

/** The kept draft; fields that an older version did not have are empty. */
export async function readDraft(): Promise<RunDraft | undefined> {
  try {
    const kept = await get<RunDraft>(only, open());
    return kept === undefined ? undefined : { ...emptyDraft(), ...kept };
  } catch {
    return undefined;
  }
}

/** Keeps the draft; where the browser refuses storage it lives as long as the page. */
export async function keepDraft(draft: RunDraft): Promise<void> {
  try {
    await set(only, draft, open());
  } catch {
    // Private windows and full disks refuse storage: the form works without.
  }
}

/** Forgets the draft. */
export async function forgetDraft(): Promise<void> {
  try {
    await del(only, open());
  } catch {
    // Nothing was kept.
  }
}
