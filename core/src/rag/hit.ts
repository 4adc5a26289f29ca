// What a retrieval was worth, when it is known which documents are relevant.
import type { RetrievedChunk } from './document.ts';

/** Scores of one query over documents. */
export interface RetrievalScores {
  /** Whether some retrieved chunk comes from a relevant document. */
  readonly goldRetrieved: boolean;
  /** Relevant documents found / all relevant ones. */
  readonly documentRecall: number;
  /** 1 / rank of the first relevant document, 0 when there is none. */
  readonly reciprocalRank: number;
}

/**
 * Scores one query at the k that was retrieved. A document stands at its best chunk (trec_eval `recip_rank`, `recall`);
 * undefined when no document is known to be relevant.
 */
export function retrievalScores(
  retrieved: readonly Pick<RetrievedChunk, 'documentId'>[],
  relevant: readonly string[],
): RetrievalScores | undefined {
  const wanted = new Set(relevant);
  if (wanted.size === 0) return undefined;
  const documents = [...new Set(retrieved.map(({ documentId }) => documentId))];
  const ranks = documents.flatMap((id, index) => (wanted.has(id) ? [index + 1] : []));
  const [first] = ranks;
  return {
    goldRetrieved: first !== undefined,
    documentRecall: ranks.length / wanted.size,
    reciprocalRank: first === undefined ? 0 : 1 / first,
  };
}
