// A sentence encoder: texts to unit vectors.
import type { ModelInfo } from './model-info.ts';

/** Queries and documents may be encoded differently (prefixes), hence the role. */
export interface Embedder {
  readonly info: ModelInfo;
  readonly dimensions: number;
  /** One vector per text, in order, L2-normalised when the model says so. */
  embed(texts: readonly string[], role: 'query' | 'document', signal?: AbortSignal): Promise<Float32Array[]>;
  /** Token counts of the texts under the encoder's own tokenizer, without special tokens. */
  countTokens(texts: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}
