// How a folder of ONNX files is loaded.

/** Options of transformers.js that the product lets users set. */
export interface TransformersOptions {
  /** Absolute path; holds config.json, tokenizer.json and onnx/. */
  readonly folder: string;
  readonly kind: 'language' | 'embedder' | 'reranker';
  /** Which file under onnx/: `fp32` is model.onnx. */
  readonly dtype: 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | 'q4f16' | 'bnb4';
  readonly threads: number;
  /** Longest input in tokens; undefined: as the model's configuration says. */
  readonly contextSize?: number | undefined;
  /** Used where a request that samples brings no seed. */
  readonly seed: number;
  /** How token vectors become one vector. */
  readonly pooling: 'mean' | 'cls' | 'none';
  /** Whether embeddings are scaled to length 1. */
  readonly normalize: boolean;
  /** Put before every query and every document. */
  readonly queryPrefix: string;
  readonly documentPrefix: string;
}
