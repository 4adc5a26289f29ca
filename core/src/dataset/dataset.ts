// A data set: named splits of rows, each known by the hash of its bytes.

/** One record of a data set, as its file gives it: column name to value. */
export type Row = Readonly<Record<string, unknown>>;

/** One split and the files behind it. */
export interface Split {
  readonly name: string;
  /** Absolute paths, in reading order. */
  readonly files: readonly string[];
  /** SHA-256 over the bytes of the files in order, hex. */
  readonly sha256: string;
  /** Number of rows when the manifest tells it; a hint for progress, never for scores. */
  readonly rows?: number | undefined;
}

/** An opened data set. Rows stream: memory does not grow with their number. */
export interface Dataset {
  readonly name: string;
  readonly description?: string | undefined;
  readonly licence?: string | undefined;
  readonly source?: string | undefined;
  /** Number of the version, from 1; undefined when the folder keeps no versions. */
  readonly version?: number | undefined;
  readonly splits: readonly Split[];
  /**
   * The rows of one split, in file order.
   * @throws BancadaError UNKNOWN_NAME (no such split), FILE_INVALID (file, line and reason), DATASET_EMPTY (no row at all).
   */
  rows(split: string, signal?: AbortSignal): AsyncIterable<Row>;
}
