// How a GGUF file is loaded.

/** Options of node-llama-cpp that the product lets users set. */
export interface LlamaOptions {
  /** Absolute path. */
  readonly file: string;
  readonly threads: number;
  /** Sequences that are decoded side by side. */
  readonly parallel: number;
  /** Tokens per sequence; undefined: the model's training context, or what memory allows of it. */
  readonly contextSize?: number | undefined;
  /** Tokens per batch; undefined: the library's default. */
  readonly batchSize?: number | undefined;
  readonly gpu: 'auto' | 'cuda' | 'vulkan' | 'metal' | false;
  /** Layers on the GPU; undefined: as many as fit. */
  readonly gpuLayers?: number | undefined;
  /** Undefined: off on a CPU, where it costs precision and saves little; else as the library decides. */
  readonly flashAttention?: boolean | undefined;
  /** Used where a request that samples brings no seed. */
  readonly seed: number;
}
