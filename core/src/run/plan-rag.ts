// The RAG variants of a suite, one for each combination of the matrix, with their corpora found.
import { openCorpus } from '../rag/corpus.ts';
import { type RagVariant, ragVariantSchema } from '../rag/variant.ts';
import { checked } from '../yaml.ts';
import type { FaultList } from './fault-list.ts';
import { type Combination, combinations, withValues } from './matrix.ts';
import { resolveKind } from './plan-models.ts';
import { suiteAxes } from './plan-tasks.ts';
import type { ResourceContext } from './resources.ts';
import type { Suite } from './suite.ts';

/** A variant with one value for each axis. */
export interface PlannedRag {
  readonly variant: RagVariant;
  /** Its place in the suite. */
  readonly position: number;
  readonly combination: Combination;
  readonly corpus: { readonly name: string; readonly sha256: string };
}

/** Checks each variant with each combination, and that corpus and embedder exist. */
export async function planRag(
  suite: Suite,
  context: ResourceContext,
  faults: FaultList,
): Promise<PlannedRag[]> {
  const axes = suiteAxes(suite.definition).filter(({ target }) => target === 'rag');
  const planned: PlannedRag[] = [];
  for (const [position, variant] of suite.definition.rag.entries()) {
    for (const combination of combinations(axes)) {
      const found = await faults.collect(['rag', position], async () => {
        const varied = combination.length === 0 ? variant : vary(suite, variant, combination);
        const corpus = await openCorpus(varied.corpus, context.homes);
        if (varied.embedder !== undefined) await resolveKind(varied.embedder, 'embedding', context);
        return {
          variant: varied,
          position,
          combination,
          corpus: { name: corpus.name, sha256: corpus.sha256 },
        };
      });
      if (found) planned.push(found);
    }
  }
  return planned;
}

function vary(suite: Suite, variant: RagVariant, combination: Combination): RagVariant {
  const names = combination.map(({ axis }) => axis.path).join(', ');
  return checked(ragVariantSchema, withValues({ ...variant }, combination), {
    file: `${suite.file} (matrix ${names})`,
  });
}
