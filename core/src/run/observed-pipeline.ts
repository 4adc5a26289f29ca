// A pipeline whose retrievals somebody else hears of, for metrics.
import type { Retrieval } from '../rag/document.ts';
import type { RagPipeline } from '../rag/pipeline.ts';

/** Told of the retrievals of one batch of items, in their order. */
export type RetrievalListener = (retrievals: readonly Retrieval[]) => void;

/** The same pipeline; without a listener as it is. */
export function observedPipeline(
  pipeline: RagPipeline,
  listener: RetrievalListener | undefined,
): RagPipeline {
  if (listener === undefined) return pipeline;
  const { name, fingerprint, snapshot } = pipeline;
  return {
    name,
    fingerprint,
    snapshot,
    async retrieve(queries, signal) {
      const found = await pipeline.retrieve(queries, signal);
      listener(found);
      return found;
    },
    close: () => pipeline.close(),
  };
}
