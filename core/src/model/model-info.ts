// Everything that identifies a model in a result: enough to load the same weights again.

/** Recorded with every run. */
export interface ModelInfo {
  /** The name in the suite and in every table, e.g. `bancada-tiny` or `bancada-tiny:onnx`. */
  readonly name: string;
  /** The provider's registry name. */
  readonly provider: string;
  /** SHA-256 over everything that can change an answer: weights file hash (or URL + model id), provider, options. Hex. */
  readonly fingerprint: string;
  /** File or URL of the weights. */
  readonly uri: string;
  /** SHA-256 of the weights file; undefined for a remote model. */
  readonly sha256?: string | undefined;
  /** Engine package, version and build, e.g. `node-llama-cpp 3.22.1 (llama.cpp b6123, cpu)`. */
  readonly engine: string;
  /** Number of weights when known. */
  readonly parameters?: number | undefined;
  /** Longest prompt plus answer in tokens when known. */
  readonly contextLength?: number | undefined;
  /** Every option in effect (threads, parallel, dtype, …); never a secret. */
  readonly options: Readonly<Record<string, unknown>>;
}
