// What a model's row says while its weights are fetched: read by the API, written by the worker.

/** Gone once the model is usable. */
export interface ModelDownload {
  readonly state: 'waiting' | 'downloading' | 'failed';
  /** On the Hub: `organisation/name`. */
  readonly repository: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** Paths in the repository. */
  readonly files: readonly string[];
  readonly provider: string;
  /** Of the provider. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly bytes: number;
  readonly totalBytes: number;
  /** What is being fetched now. */
  readonly file?: string | undefined;
  /** Why it failed. */
  readonly message?: string | undefined;
}
