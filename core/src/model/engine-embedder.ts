// An Embedder whose weights live in the engine process.
import type { Engine } from '../engine/engine.ts';
import type { Embedder } from './embedder.ts';
import type { ModelInfo } from './model-info.ts';

/** Texts per message to the engine: an abort waits for one message at most. */
const textsPerMessage = 256;

/** Answers through a running engine and closes it in the end. */
export class EngineEmbedder implements Embedder {
  readonly info: ModelInfo;
  readonly dimensions: number;
  readonly #engine: Engine;

  constructor(engine: Engine, info: ModelInfo) {
    this.#engine = engine;
    this.info = info;
    this.dimensions = engine.description.dimensions ?? 0;
  }

  async embed(
    texts: readonly string[],
    role: 'query' | 'document',
    signal?: AbortSignal,
  ): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += textsPerMessage) {
      const part = texts.slice(start, start + textsPerMessage);
      vectors.push(
        ...((await this.#engine.ask({ kind: 'embed', texts: part, role }, signal)) as Float32Array[]),
      );
    }
    return vectors;
  }

  async countTokens(texts: readonly string[]): Promise<number[]> {
    return (await this.#engine.ask({ kind: 'count_tokens', texts })) as number[];
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
