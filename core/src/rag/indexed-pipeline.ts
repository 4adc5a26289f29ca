// The pipeline over an index in memory: embeds queries in batches, searches, and gives the chunks.
import type { Embedder } from '../model/embedder.ts';
import type { Chunk, Retrieval } from './document.ts';
import type { RagPipeline } from './pipeline.ts';
import type { Hit, Retriever } from './retriever/retriever.ts';

/** The parts of an {@link IndexedPipeline}. */
export interface PipelineParts extends Pick<RagPipeline, 'name' | 'fingerprint' | 'snapshot' | 'close'> {
  /** Chunks that each query gets at most. */
  readonly k: number;
  /** By index position. */
  readonly chunks: readonly Chunk[];
  readonly retriever: Retriever;
  /** Undefined for lexical retrievers. */
  readonly queryEmbedder: Embedder | undefined;
}

/** Queries embedded at once. */
const batchSize = 64;

/** A query's `embedMs` is its share of its batch. */
export class IndexedPipeline implements RagPipeline {
  readonly name: string;
  readonly fingerprint: string;
  readonly snapshot: Readonly<Record<string, unknown>>;
  readonly #parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.name = parts.name;
    this.fingerprint = parts.fingerprint;
    this.snapshot = parts.snapshot;
    this.#parts = parts;
  }

  async retrieve(queries: readonly string[], signal?: AbortSignal): Promise<Retrieval[]> {
    const found: Retrieval[] = [];
    for (let first = 0; first < queries.length; first += batchSize) {
      signal?.throwIfAborted();
      found.push(...(await this.#retrieveBatch(queries.slice(first, first + batchSize), signal)));
    }
    return found;
  }

  close(): Promise<void> {
    return this.#parts.close();
  }

  async #retrieveBatch(queries: readonly string[], signal: AbortSignal | undefined): Promise<Retrieval[]> {
    const { queryEmbedder, retriever, k } = this.#parts;
    const started = performance.now();
    const vectors = await queryEmbedder?.embed(queries, 'query', signal);
    const embedMs = queryEmbedder ? (performance.now() - started) / queries.length : 0;
    const found: Retrieval[] = [];
    for (const [index, query] of queries.entries()) {
      const searchStarted = performance.now();
      const hits = await retriever.search({ text: query, vector: vectors?.[index] }, k);
      const searchMs = performance.now() - searchStarted;
      found.push({ query, chunks: this.#chunksAt(hits), embedMs, searchMs });
    }
    return found;
  }

  #chunksAt(hits: readonly Hit[]): Retrieval['chunks'] {
    return hits.flatMap(({ position, score }, index) => {
      const chunk = this.#parts.chunks[position];
      return chunk ? [{ ...chunk, rank: index + 1, score }] : [];
    });
  }
}
