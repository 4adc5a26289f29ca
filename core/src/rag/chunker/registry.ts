// Every chunker by its name in suites.
import type { ChunkerPlugin } from './chunker.ts';
import { fixed } from './fixed.ts';
import { recursive } from './recursive.ts';

/** Chunkers by name. */
export const chunkers = { fixed, recursive } satisfies Record<string, ChunkerPlugin<object>>;
