// A Reranker whose weights live in the engine process.
import type { Engine } from '../engine/engine.ts';
import type { ModelInfo } from './model-info.ts';
import type { Reranker } from './reranker.ts';

/** Answers through a running engine and closes it in the end. */
export class EngineReranker implements Reranker {
  readonly info: ModelInfo;
  readonly #engine: Engine;

  constructor(engine: Engine, info: ModelInfo) {
    this.#engine = engine;
    this.info = info;
  }

  async rerank(query: string, passages: readonly string[], signal?: AbortSignal): Promise<number[]> {
    if (passages.length === 0) return [];
    return (await this.#engine.ask({ kind: 'rerank', query, passages }, signal)) as number[];
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
