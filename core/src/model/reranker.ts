// A cross-encoder: how well each passage answers a query.
import type { ModelInfo } from './model-info.ts';

/** Scores are comparable within one query only. */
export interface Reranker {
  readonly info: ModelInfo;
  /** One score per passage, in order; higher is better. */
  rerank(query: string, passages: readonly string[], signal?: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
}
