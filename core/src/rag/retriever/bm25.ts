// Retriever `bm25`: Okapi BM25 over an inverted index in typed arrays.
import { z } from 'zod';
import { indexWords } from '../word.ts';
import type { LexicalRetriever, Retriever } from './retriever.ts';
import { TopHits } from './top-hits.ts';

const options = z.strictObject({
  k1: z.number().min(0).default(0.9).describe('how fast repeated words stop counting'),
  b: z.number().min(0).max(1).default(0.4).describe('how much long chunks are held back'),
  stop_words: z.array(z.string()).default([]).describe('words left out, in lower case'),
});

/** What the retriever takes; the defaults are Anserini's. */
export type Bm25Options = z.output<typeof options>;

/** Chunks without any word of the query are not found. */
export const bm25: LexicalRetriever<Bm25Options> = {
  kind: 'lexical',
  description: 'Okapi BM25 on words in lower case, no stemming',
  source: 'Robertson and Zaragoza 2009; idf as in Lucene BM25Similarity',
  options,
  open: async (chunks, { k1, b, stop_words }) => {
    const index = new Bm25Index(
      chunks.map(({ id }) => id),
      (position) => chunks[position]?.text ?? '',
      { k1, b, stopWords: new Set(stop_words) },
    );
    return index;
  },
};

interface Parameters {
  readonly k1: number;
  readonly b: number;
  readonly stopWords: ReadonlySet<string>;
}

/** Postings word by word: chunk positions, and what the word adds to the chunk's score. */
class Bm25Index implements Retriever {
  readonly #ids: readonly string[];
  readonly #words = new Map<string, number>();
  readonly #stopWords: ReadonlySet<string>;
  /** The postings of word `w` lie from `#starts[w]` to before `#starts[w + 1]`. */
  readonly #starts: Uint32Array;
  readonly #positions: Uint32Array;
  readonly #weights: Float64Array;
  readonly #scores: Float64Array;

  constructor(ids: readonly string[], text: (position: number) => string, { k1, b, stopWords }: Parameters) {
    this.#ids = ids;
    this.#stopWords = stopWords;
    this.#scores = new Float64Array(ids.length);
    const counts = ids.map((_, position) => this.#count(text(position)));
    const lengths = Float64Array.from(counts, (perWord) => sum(perWord.values()));
    const mean = sum(lengths) / Math.max(1, ids.length);
    const frequency = new Uint32Array(this.#words.size);
    for (const perWord of counts)
      for (const word of perWord.keys()) frequency[word] = (frequency[word] ?? 0) + 1;
    this.#starts = new Uint32Array(this.#words.size + 1);
    for (const [word, chunks] of frequency.entries())
      this.#starts[word + 1] = (this.#starts[word] ?? 0) + chunks;
    const size = this.#starts[this.#words.size] ?? 0;
    this.#positions = new Uint32Array(size);
    this.#weights = new Float64Array(size);
    const next = this.#starts.slice();
    for (const [position, perWord] of counts.entries()) {
      const norm = k1 * (1 - b + (b * (lengths[position] ?? 0)) / mean);
      for (const [word, count] of perWord) {
        const slot = next[word] ?? 0;
        const chunks = frequency[word] ?? 0;
        const idf = Math.log(1 + (ids.length - chunks + 0.5) / (chunks + 0.5));
        this.#positions[slot] = position;
        this.#weights[slot] = (idf * count) / (count + norm);
        next[word] = slot + 1;
      }
    }
  }

  async search(query: { readonly text: string }, k: number) {
    const touched: number[] = [];
    for (const word of indexWords(query.text)) {
      const number = this.#words.get(word);
      if (number === undefined) continue;
      for (let slot = this.#starts[number] ?? 0; slot < (this.#starts[number + 1] ?? 0); slot += 1) {
        const position = this.#positions[slot] ?? 0;
        const before = this.#scores[position] ?? 0;
        if (before === 0) touched.push(position);
        this.#scores[position] = before + (this.#weights[slot] ?? 0);
      }
    }
    const top = new TopHits(k, this.#ids);
    for (const position of touched) {
      top.offer(position, this.#scores[position] ?? 0);
      this.#scores[position] = 0;
    }
    return top.hits();
  }

  /** Occurrences by word number; new words get the next number. */
  #count(text: string): Map<number, number> {
    const perWord = new Map<number, number>();
    for (const word of indexWords(text)) {
      if (this.#stopWords.has(word)) continue;
      const number = this.#words.get(word) ?? this.#words.size;
      this.#words.set(word, number);
      perWord.set(number, (perWord.get(number) ?? 0) + 1);
    }
    return perWord;
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
