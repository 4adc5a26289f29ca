// Retriever `vectra`: cosine similarity over a vectra index on disk, every vector compared.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { IndexItem } from 'vectra';
import { z } from 'zod';
import type { Chunk } from '../document.ts';
import type { DenseRetriever, Hit, Retriever } from './retriever.ts';
import { compareHits } from './top-hits.ts';

const options = z.strictObject({});

/** The retriever has no option of its own. */
export type VectraOptions = z.output<typeof options>;

/** Vectors are kept as 32-bit floats in Protocol Buffers; a zero vector is never found and finds nothing. */
export const vectra: DenseRetriever<VectraOptions> = {
  kind: 'dense',
  description: 'Cosine similarity of embeddings in a vectra index, exact',
  source: 'vectra LocalIndex',
  options,
  async createWriter(directory) {
    const { ItemSelector } = await import('vectra');
    const index = await localIndex(directory);
    const items: IndexItem[] = [];
    let position = 0;
    return {
      async add(vectors) {
        for (const vector of vectors) {
          const id = String(position++);
          const numbers = Array.from(vector);
          const norm = ItemSelector.normalize(numbers);
          if (norm > 0) items.push({ id, vector: numbers, norm, metadata: {} });
        }
      },
      async finish() {
        // `batchInsertItems` looks for each id among all others: 113 s for 100,000 vectors, against 1 s for the same file.
        const content = index.codec.serializeIndex({ version: 1, metadata_config: {}, items });
        await writeFile(path.join(directory, index.indexName), content);
        return items.length;
      },
    };
  },
  async open({ directory, chunks, vectors }) {
    const index = await localIndex(directory);
    const { items } = await index.getIndexStats();
    if (items !== vectors) throw new Error(`${items} vectors instead of ${vectors}`);
    return new VectraRetriever(index, items, chunks);
  },
};

type LocalIndex = Awaited<ReturnType<typeof localIndex>>;

/** vectra pulls in much that is not needed here, so it is loaded with the first index only. */
async function localIndex(directory: string) {
  const { LocalFileStorage, LocalIndex, ProtobufCodec } = await import('vectra');
  return new LocalIndex(directory, undefined, new LocalFileStorage(), new ProtobufCodec());
}

class VectraRetriever implements Retriever {
  readonly #index: LocalIndex;
  readonly #size: number;
  readonly #ids: readonly string[];

  constructor(index: LocalIndex, size: number, chunks: readonly Chunk[]) {
    this.#index = index;
    this.#size = size;
    this.#ids = chunks.map(({ id }) => id);
  }

  async search(
    { text, vector }: { readonly text: string; readonly vector?: Float32Array | undefined },
    k: number,
  ) {
    if (!vector?.some((component) => component !== 0)) return [];
    for (let wanted = k + 1; ; wanted *= 2) {
      const found = await this.#index.queryItems(Array.from(vector), text, wanted);
      const hits = found.map(({ item, score }) => ({ position: Number(item.id), score }));
      if (found.length >= this.#size || !endsInTie(hits, k)) {
        return hits.toSorted((a, b) => compareHits(a, b, this.#ids)).slice(0, k);
      }
    }
  }
}

/** Whether hits beyond the last one may tie with the k-th, so that the order among them is not known yet. */
function endsInTie(hits: readonly Hit[], k: number): boolean {
  return hits.at(-1)?.score === hits[k - 1]?.score;
}
