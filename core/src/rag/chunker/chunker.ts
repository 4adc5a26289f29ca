// A chunker: a document's text to spans that fit a size in tokens.
import type { ZodObject, ZodType } from 'zod';
import type { Chunk, Document } from '../document.ts';
import type { TokenCounter } from './token-counter.ts';

/** UTF-16 offsets into a text; neither end stands inside a surrogate pair. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Cuts texts. Every character that is not white space lies in some span; a text without any gives no span. */
export interface Chunker {
  cut(text: string): Promise<Span[]>;
}

/** One file and one line in `registry.ts`. */
export interface ChunkerPlugin<Options> {
  readonly description: string;
  /** Unknown keys are errors. `name` is not among them. */
  readonly options: ZodObject & ZodType<Options>;
  create(options: Options, counter: TokenCounter): Chunker;
}

/** The chunks of a document, in order. */
export async function chunksOf(document: Document, chunker: Chunker): Promise<Chunk[]> {
  const spans = await chunker.cut(document.text);
  return spans.map(({ start, end }, index) => ({
    id: `${document.id}#${index}`,
    documentId: document.id,
    index,
    text: document.text.slice(start, end),
    start,
    end,
  }));
}
