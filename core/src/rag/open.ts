// Opens a RAG variant: corpus, chunker, embedder and retriever joined to a pipeline over a cached index.
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { BancadaError, toError } from '../errors.ts';
import type { Embedder } from '../model/embedder.ts';
import { readChunks } from './chunk-file.ts';
import type { ChunkerPlugin } from './chunker/chunker.ts';
import { chunkers } from './chunker/registry.ts';
import { embedderCounter, type TokenCounter, wordCounter } from './chunker/token-counter.ts';
import { type Corpus, openCorpus } from './corpus.ts';
import type { Chunk } from './document.ts';
import { buildIndex, type IndexFacts, indexFiles } from './index-build.ts';
import { ensureFolder } from './index-folder.ts';
import { IndexedPipeline } from './indexed-pipeline.ts';
import type { RagPipeline } from './pipeline.ts';
import { retrievers } from './retriever/registry.ts';
import type { Retriever, RetrieverPlugin } from './retriever/retriever.ts';
import type { EmbedderReference, RagVariant } from './variant.ts';

/** What {@link openRagPipeline} needs besides the variant. */
export interface RagContext {
  /** Folders whose `corpora/` are searched, in order. */
  readonly homes: readonly string[];
  /** Where indexes are kept, each under its fingerprint. */
  readonly indexDirectory: string;
  readonly openEmbedder: (reference: EmbedderReference) => Promise<Embedder>;
  readonly signal?: AbortSignal | undefined;
}

/** Raised when the form of indexes on disk, or what a chunker does with the same options, changes. */
const indexVersion = 1;

/**
 * Opens the corpus and its index, which is built when there is none for this corpus, chunker, embedder and retriever; `k` and the prompt need no new one.
 * @throws BancadaError as {@link openCorpus}, the documents and the embedder do; ABORTED.
 */
export async function openRagPipeline(variant: RagVariant, context: RagContext): Promise<RagPipeline> {
  const corpus = await openCorpus(variant.corpus, context.homes);
  const embedder = variant.embedder === undefined ? undefined : await context.openEmbedder(variant.embedder);
  try {
    return await open(variant, corpus, embedder, context);
  } catch (thrown) {
    await embedder?.close();
    if (!context.signal?.aborted) throw thrown;
    throw new BancadaError('ABORTED', `building the index of "${variant.name}" was stopped`, {
      cause: thrown,
    });
  }
}

interface OpenIndex {
  readonly facts: IndexFacts;
  readonly chunks: readonly Chunk[];
  readonly retriever: Retriever;
}

async function open(
  variant: RagVariant,
  corpus: Corpus,
  embedder: Embedder | undefined,
  context: RagContext,
): Promise<RagPipeline> {
  const counter = embedder === undefined ? wordCounter : embedderCounter(embedder);
  const { name: _, k, ...retrieverOptions } = variant.retriever;
  const plugin: RetrieverPlugin<object> = retrievers[variant.retriever.name];
  const identity = {
    version: indexVersion,
    corpus: { sha256: corpus.sha256, files: corpus.files, fields: corpus.fields },
    chunker: variant.chunker,
    tokens: counter.name,
  };
  const index = hash(
    plugin.kind === 'dense'
      ? { ...identity, dense: variant.retriever.name, options: retrieverOptions }
      : identity,
  );
  const opened = await openIndex(index, variant, corpus, embedder, counter, context);
  return new IndexedPipeline({
    name: variant.name,
    fingerprint: hash({ index, retriever: variant.retriever, prompt: variant.prompt }),
    snapshot: {
      corpus: {
        name: corpus.name,
        sha256: corpus.sha256,
        files: corpus.files,
        licence: corpus.licence,
        source: corpus.source,
        documents: opened.facts.documents,
      },
      chunker: { ...variant.chunker, tokens: embedder?.info.name ?? counter.name },
      chunks: opened.facts.chunks,
      embedder: embedder?.info,
      retriever: variant.retriever,
      prompt: variant.prompt,
      index,
    },
    k,
    chunks: opened.chunks,
    retriever: opened.retriever,
    queryEmbedder: plugin.kind === 'dense' ? embedder : undefined,
    close: async () => embedder?.close(),
  });
}

/** Opens the cached index; one that cannot be read is built anew, once. */
async function openIndex(
  index: string,
  variant: RagVariant,
  corpus: Corpus,
  embedder: Embedder | undefined,
  counter: TokenCounter,
  { indexDirectory, signal }: RagContext,
): Promise<OpenIndex> {
  const { name: _, k: __, ...options } = variant.retriever;
  const plugin: RetrieverPlugin<object> = retrievers[variant.retriever.name];
  const { name, ...chunkerOptions } = variant.chunker;
  const chunkerPlugin: ChunkerPlugin<object> = chunkers[name];
  const chunker = chunkerPlugin.create(chunkerOptions, counter);
  const read = async (directory: string): Promise<OpenIndex> => {
    const facts: IndexFacts = JSON.parse(await readFile(path.join(directory, indexFiles.facts), 'utf8'));
    const chunks = await readChunks(path.join(directory, indexFiles.chunks));
    if (chunks.length !== facts.chunks) throw new Error(`${chunks.length} chunks instead of ${facts.chunks}`);
    const retriever =
      plugin.kind === 'dense'
        ? await plugin.open({ directory, chunks, vectors: facts.vectors }, options)
        : await plugin.open(chunks, options);
    return { facts, chunks, retriever };
  };
  const build = async (directory: string) => {
    const vectors =
      plugin.kind === 'dense' && embedder
        ? { embedder, writer: await plugin.createWriter(directory, options) }
        : undefined;
    await buildIndex(directory, { corpus, chunker, vectors, signal });
  };
  const folder = await ensureFolder(indexDirectory, index, build);
  if (folder.built) return read(folder.directory);
  try {
    return await read(folder.directory);
  } catch (damaged) {
    await rm(folder.directory, { recursive: true, force: true });
    const again = await ensureFolder(indexDirectory, index, build);
    return await read(again.directory).catch((thrown: unknown) => {
      throw new BancadaError('FILE_INVALID', `the index cannot be read: ${toError(thrown).message}`, {
        file: again.directory,
        cause: damaged,
      });
    });
  }
}

/** SHA-256 of a value as JSON, hex; the order of keys is that of the schemas. */
function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
