// A run that is being put together: what the form holds, and what is sent of it.
import { writeSuite } from './suite-text.ts';

/** Where the configuration comes from: a saved suite, the form, or text that was edited by hand. */
export const draftSources = ['suite', 'form', 'text'] as const;

/** One of {@link draftSources}. */
export type DraftSource = (typeof draftSources)[number];

/** Everything a person can set; numbers stay as typed, '' is "not given". Kept in the browser between visits. */
export interface RunDraft {
  source: DraftSource;
  suiteId: string;
  name: string;
  models: string[];
  tasks: string[];
  limit: string;
  numFewshot: string;
  repeat: string;
  priority: string;
  seed: string;
  temperature: string;
  maxTokens: string;
  retrieval: boolean;
  corpus: string;
  chunker: string;
  chunkSize: string;
  chunkOverlap: string;
  embedder: string;
  retriever: string;
  k: string;
  /** The YAML while it is edited by hand. */
  text: string;
  /** Differs between drafts, so that the same configuration can be run again later. */
  id: string;
}

/** Variables of `createRun` and `estimateRun`. */
export interface RunInput {
  readonly suiteId?: string;
  readonly suite?: string;
  readonly name?: string;
  readonly limit?: number;
  readonly priority?: number;
  readonly models?: string[];
  readonly tasks?: string[];
}

/** A form on which nothing was chosen. */
export function emptyDraft(): RunDraft {
  return {
    source: 'suite',
    suiteId: '',
    name: '',
    models: [],
    tasks: [],
    limit: '',
    numFewshot: '',
    repeat: '',
    priority: '',
    seed: '',
    temperature: '',
    maxTokens: '',
    retrieval: false,
    corpus: '',
    chunker: 'recursive',
    chunkSize: '128',
    chunkOverlap: '16',
    embedder: '',
    retriever: '',
    k: '3',
    text: '',
    id: newDraftId(),
  };
}

/** An id that no other draft has; also where `crypto.randomUUID` is missing, as on plain HTTP. */
export function newDraftId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Equal for the same draft with the same input: pressing the button twice starts one run. */
export function idempotencyKey(draft: Pick<RunDraft, 'id'>, input: RunInput): string {
  // FNV-1a, 64 bits (Fowler, Noll and Vo).
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify(input)))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return `${draft.id}-${hash.toString(16)}`;
}

/** What the draft asks of the API, or undefined while something that every run needs is missing. */
export function draftInput(draft: RunDraft): RunInput | undefined {
  const about = {
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    ...priorityOf(draft.priority),
  };
  if (draft.source === 'text') return draft.text.trim() === '' ? undefined : { suite: draft.text, ...about };
  if (draft.source === 'form') {
    if (draft.models.length === 0 || draft.tasks.length === 0) return undefined;
    return { suite: writeSuite(draft), ...about };
  }
  if (draft.suiteId === '') return undefined;
  const limit = wholeNumber(draft.limit);
  return {
    suiteId: draft.suiteId,
    ...about,
    ...(limit === undefined ? {} : { limit }),
    ...(draft.models.length === 0 ? {} : { models: [...draft.models] }),
    ...(draft.tasks.length === 0 ? {} : { tasks: [...draft.tasks] }),
  };
}

/** A whole number other than 0, which is what runs have by default; what is out of range is left to the validation. */
function priorityOf(text: string): { readonly priority?: number } {
  const value = Math.trunc(Number(text));
  return Number.isSafeInteger(value) && value !== 0 ? { priority: value } : {};
}

/** A count of at least one, or undefined for an empty or unusable field. */
export function wholeNumber(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}

/** Whether an entry of a suite is chosen: a suite's list that nobody narrowed means all of it. */
export function isChosen(draft: RunDraft, list: readonly string[], entry: string): boolean {
  return list.includes(entry) || (draft.source === 'suite' && list.length === 0);
}

/** What a click on an entry makes of the list; of a suite, all entries again become "not narrowed". */
export function chosenAfterClick(
  draft: RunDraft,
  list: readonly string[],
  entry: string,
  offered: readonly string[],
): string[] {
  if (draft.source !== 'suite') return toggled(list, entry);
  const next = toggled(list.length === 0 ? offered : list, entry);
  return next.length === offered.length ? [] : next;
}

/** The list with the entry added at its end, or taken out. */
export function toggled(list: readonly string[], entry: string): string[] {
  return list.includes(entry) ? list.filter((other) => other !== entry) : [...list, entry];
}
