// A retriever: ranks the chunks of an index for a query.
import type { ZodObject, ZodType } from 'zod';
import type { Chunk } from '../document.ts';

/** What is searched for. */
export interface RetrieverQuery {
  readonly text: string;
  /** Present for dense retrievers. */
  readonly vector?: Float32Array | undefined;
}

/** A chunk by its position in the index, with its score (higher is better; compares within one query only). */
export interface Hit {
  readonly position: number;
  readonly score: number;
}

/** An index that can be asked. */
export interface Retriever {
  /** At most `k` hits: score descending, ties by chunk id descending, as trec_eval orders them. */
  search(query: RetrieverQuery, k: number): Promise<Hit[]>;
}

/** Puts the vectors of the chunks, in order, into an index that is being built. */
export interface VectorWriter {
  /** @param vectors one per chunk, following those added before. */
  add(vectors: readonly Float32Array[]): Promise<void>;
  /** Makes the index complete on disk. @returns how many vectors it holds. */
  finish(): Promise<number>;
}

/** An index on disk that is to be opened. */
export interface DenseIndex {
  readonly directory: string;
  readonly chunks: readonly Chunk[];
  /** As many vectors as the writer told. */
  readonly vectors: number;
}

interface RetrieverFacts<Options> {
  readonly description: string;
  /** Where the formula comes from. */
  readonly source: string;
  /** Unknown keys are errors. `name` and `k` are not among them. */
  readonly options: ZodObject & ZodType<Options>;
}

/** Ranks by words; built in memory from the chunks. */
export interface LexicalRetriever<Options> extends RetrieverFacts<Options> {
  readonly kind: 'lexical';
  open(chunks: readonly Chunk[], options: Options): Promise<Retriever>;
}

/** Ranks by vectors; kept on disk in the index's folder. */
export interface DenseRetriever<Options> extends RetrieverFacts<Options> {
  readonly kind: 'dense';
  createWriter(directory: string, options: Options): Promise<VectorWriter>;
  /** @throws Error when the folder does not hold as many vectors as were written. */
  open(index: DenseIndex, options: Options): Promise<Retriever>;
}

/** One file and one line in `registry.ts`. */
export type RetrieverPlugin<Options> = LexicalRetriever<Options> | DenseRetriever<Options>;
