// An exporter: a stored run as text or bytes in some format.
import type { ResultReader } from '../run/result-store.ts';

/** What the caller may choose; formats ignore what does not concern them. */
export interface ExportOptions {
  /** CSV: one character, comma by default. */
  readonly delimiter?: string | undefined;
  /** CSV: begin with a byte order mark. */
  readonly bom?: boolean | undefined;
  /** CSV: `formula` (default) puts `'` before text that a spreadsheet would run as a formula. */
  readonly escape?: 'formula' | 'none' | undefined;
  /** lm-eval: the results of one model alone, as lm-evaluation-harness has one model a file. */
  readonly model?: string | undefined;
  /** lm-eval: the results of one variant alone, e.g. `closed-book`. */
  readonly variant?: string | undefined;
}

/** One file and one line in `registry.ts`. Its pieces are text, which is UTF-8, or bytes. */
export interface Exporter<Piece extends string | Uint8Array = string | Uint8Array> {
  readonly description: string;
  /** Media type of the output. */
  readonly mediaType: string;
  /** File extension with the dot. */
  readonly extension: string;
  /**
   * The run as pieces to be joined; streamed, so that memory does not grow with the samples.
   * @throws BancadaError UNKNOWN_NAME (no such run), INVALID_INPUT (a wrong option).
   */
  export(reader: ResultReader, runId: string, options?: ExportOptions): AsyncIterable<Piece>;
}
