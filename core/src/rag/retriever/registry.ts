// Every retriever by its name in suites.
import { bm25 } from './bm25.ts';
import type { RetrieverPlugin } from './retriever.ts';
import { vectra } from './vectra.ts';

/** Retrievers by name. */
export const retrievers = { bm25, vectra } satisfies Record<string, RetrieverPlugin<object>>;
