// Documents of a corpus, the chunks cut from them, and what a retrieval gives back.

/** One document of a corpus. */
export interface Document {
  readonly id: string;
  readonly title?: string | undefined;
  readonly text: string;
}

/** A piece of a document. `start` and `end` are UTF-16 offsets into the document's text. */
export interface Chunk {
  /** `<document id>#<index>`. */
  readonly id: string;
  readonly documentId: string;
  readonly index: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A chunk that was found, best first; scores compare within one retrieval only. */
export interface RetrievedChunk extends Chunk {
  readonly rank: number;
  readonly score: number;
}

/** What one query found, and how long each stage took (milliseconds). */
export interface Retrieval {
  readonly query: string;
  readonly chunks: readonly RetrievedChunk[];
  readonly embedMs: number;
  readonly searchMs: number;
}
