// Builds an index: documents to chunks, and for dense retrievers chunks to vectors.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Embedder } from '../model/embedder.ts';
import { ChunkWriter } from './chunk-file.ts';
import { type Chunker, chunksOf } from './chunker/chunker.ts';
import type { Corpus } from './corpus.ts';
import type { Chunk } from './document.ts';
import type { VectorWriter } from './retriever/retriever.ts';

/** Chunks embedded at once. */
const batchSize = 64;

/** What an index was built from and holds; written last, as `index.json`. */
export interface IndexFacts {
  readonly documents: number;
  readonly chunks: number;
  /** Chunks with a vector; 0 for lexical retrievers. */
  readonly vectors: number;
  readonly buildMs: number;
}

/** File names inside an index's folder. */
export const indexFiles = { chunks: 'chunks.jsonl', facts: 'index.json' } as const;

/** What to build from; `vectors` for dense retrievers only. */
export interface IndexSource {
  readonly corpus: Corpus;
  readonly chunker: Chunker;
  readonly vectors?: { readonly embedder: Embedder; readonly writer: VectorWriter } | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Streams the corpus into the folder. @throws BancadaError as the corpus and the embedder do. */
export async function buildIndex(
  directory: string,
  { corpus, chunker, vectors, signal }: IndexSource,
): Promise<void> {
  const started = performance.now();
  const writer = new ChunkWriter(path.join(directory, indexFiles.chunks));
  let documents = 0;
  let chunks = 0;
  const store = async (batch: readonly Chunk[]) => {
    if (batch.length === 0) return;
    chunks += batch.length;
    await writer.add(batch);
    const texts = batch.map(({ text }) => text);
    if (vectors) await vectors.writer.add(await vectors.embedder.embed(texts, 'document', signal));
  };
  try {
    let batch: Chunk[] = [];
    for await (const document of corpus.documents(signal)) {
      signal?.throwIfAborted();
      documents += 1;
      for (const chunk of await chunksOf(document, chunker)) {
        batch.push(chunk);
        if (batch.length < batchSize) continue;
        await store(batch);
        batch = [];
      }
    }
    await store(batch);
  } finally {
    await writer.close();
  }
  const kept = (await vectors?.writer.finish()) ?? 0;
  const facts: IndexFacts = {
    documents,
    chunks,
    vectors: kept,
    buildMs: Math.round(performance.now() - started),
  };
  await writeFile(path.join(directory, indexFiles.facts), JSON.stringify(facts));
}
