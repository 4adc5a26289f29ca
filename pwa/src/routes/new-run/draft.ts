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
  /** Sent with the run: pressing the button twice starts one run. Renewed by every change. */
  idempotencyKey: string;
}

/** Variables of `createRun` and `estimateRun`. */
export interface RunInput {
  readonly suiteId?: string;
  readonly suite?: string;
  readonly name?: string;
  readonly limit?: number;
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
    idempotencyKey: newIdempotencyKey(),
  };
}

/** A key that no other run has; also where `crypto.randomUUID` is missing, as on plain HTTP. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the draft asks of the API, or undefined while something that every run needs is missing. */
export function draftInput(draft: RunDraft): RunInput | undefined {
  const name = draft.name.trim() === '' ? {} : { name: draft.name.trim() };
  if (draft.source === 'text') return draft.text.trim() === '' ? undefined : { suite: draft.text, ...name };
  if (draft.source === 'form') {
    if (draft.models.length === 0 || draft.tasks.length === 0) return undefined;
    return { suite: writeSuite(draft), ...name };
  }
  if (draft.suiteId === '') return undefined;
  const limit = wholeNumber(draft.limit);
  return {
    suiteId: draft.suiteId,
    ...name,
    ...(limit === undefined ? {} : { limit }),
    ...(draft.models.length === 0 ? {} : { models: [...draft.models] }),
    ...(draft.tasks.length === 0 ? {} : { tasks: [...draft.tasks] }),
  };
}

/** A count of at least one, or undefined for an empty or unusable field. */
export function wholeNumber(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}

/** The list with the entry added at its end, or taken out. */
export function toggled(list: readonly string[], entry: string): string[] {
  return list.includes(entry) ? list.filter((other) => other !== entry) : [...list, entry];
}
