// The face of a RAG variant: a query in, ranked chunks out.
import type { Retrieval } from './document.ts';

/** An indexed corpus with its embedder and retriever, ready to be asked. Built by `openRagPipeline`. */
export interface RagPipeline {
  /** The variant's name in the suite, e.g. `dense`. */
  readonly name: string;
  /** SHA-256 over corpus, chunker, embedder, retriever and their options; part of an evaluation's identity. */
  readonly fingerprint: string;
  /** Everything that was used (corpus sha256, chunk count, chunker, embedder info, retriever), for the run's snapshot. */
  readonly snapshot: Readonly<Record<string, unknown>>;
  /** The best chunks for each query, in the order of the queries. */
  retrieve(queries: readonly string[], signal?: AbortSignal): Promise<Retrieval[]>;
  close(): Promise<void>;
}
