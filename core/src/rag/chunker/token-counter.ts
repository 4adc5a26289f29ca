// How long a text is in tokens: under an embedder's own tokenizer, or in words when there is none.
import type { Embedder } from '../../model/embedder.ts';
import { countWords } from '../word.ts';

/** Counts tokens without special ones. */
export interface TokenCounter {
  /** What was counted with, for the index's identity: a model's fingerprint, or `words`. */
  readonly name: string;
  count(texts: readonly string[]): Promise<number[]>;
}

/** Runs of letters, runs of digits, and any other character by itself. */
export const wordCounter: TokenCounter = {
  name: 'words',
  count: async (texts) => texts.map(countWords),
};

const remembered = 200_000;

/** Counts with the embedder's tokenizer; texts that come again (words do) are not counted twice. */
export function embedderCounter(embedder: Embedder): TokenCounter {
  let known = new Map<string, number>();
  return {
    name: embedder.info.fingerprint,
    async count(texts) {
      if (known.size > remembered) known = new Map();
      const missing = [...new Set(texts.filter((text) => !known.has(text)))];
      const counts = missing.length > 0 ? await embedder.countTokens(missing) : [];
      for (const [index, text] of missing.entries()) known.set(text, counts[index] ?? 0);
      return texts.map((text) => known.get(text) ?? 0);
    },
  };
}
