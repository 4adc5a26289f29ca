// A loader: one file of a corpus to documents.
import type { Document } from '../document.ts';

/** Where a file lies and which fields of its records are meant. */
export interface LoadContext {
  /** Path relative to the corpus folder, with forward slashes. */
  readonly relativePath: string;
  /** Field names for formats with records. */
  readonly fields: { readonly id: string; readonly text: string; readonly title?: string | undefined };
  readonly signal?: AbortSignal | undefined;
}

/** One file and one line in `registry.ts`. */
export interface DocumentLoader {
  readonly description: string;
  /** With the dot, lower case. */
  readonly extensions: readonly string[];
  /**
   * The documents of one file, in order; streamed where the format has records.
   * @throws BancadaError FILE_INVALID, FIELD_MISSING, each with file and line.
   */
  load(file: string, context: LoadContext): AsyncIterable<Document>;
}

/** The id of a document that is a whole file: its relative path without the extension. */
export function pathId(relativePath: string): string {
  return relativePath.replace(/\.[^./]+$/, '');
}
