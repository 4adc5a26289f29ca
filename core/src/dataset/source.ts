// A file format that rows can be read from.
import type { Row } from './dataset.ts';

/** What a reader may be told. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** JSON: the key that holds the rows, when the file is an object with several lists. */
  readonly field?: string | undefined;
}

/** One file and one line in `registry.ts`. */
export interface DatasetSource {
  readonly description: string;
  /** With the dot, lower case. */
  readonly extensions: readonly string[];
  /**
   * The rows of one file, in order.
   * @throws BancadaError FILE_INVALID with file, line and column of the first bad record.
   */
  read(file: string, options: ReadOptions): AsyncIterable<Row>;
}

/** Whether a parsed value is a record of named columns. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
