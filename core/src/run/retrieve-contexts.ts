// Looks up the contexts of items by the batch, in the items' order; one query that fails fails its item alone.
import { toError } from '../errors.ts';
import type { RetrievedChunk } from '../rag/document.ts';
import type { RagPipeline } from '../rag/pipeline.ts';
import type { TaskItem } from '../task/task.ts';

// Embedders work by the batch; the last items of a batch wait for nothing but each other.
const batchSize = 32;

/** An item and what was found for it. */
export type ItemWithContexts =
  | {
      readonly status: 'ok';
      readonly item: TaskItem;
      readonly contexts: readonly RetrievedChunk[] | undefined;
    }
  | { readonly status: 'failed'; readonly item: TaskItem; readonly message: string };

/** Without a pipeline the items pass with no contexts at all. */
export async function* retrieveContexts(
  items: AsyncIterable<TaskItem>,
  pipeline: RagPipeline | undefined,
  signal: AbortSignal,
): AsyncGenerator<ItemWithContexts> {
  if (pipeline === undefined) {
    for await (const item of items) yield { status: 'ok', item, contexts: undefined };
    return;
  }
  let batch: TaskItem[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield* await retrieveBatch(batch, pipeline, signal);
    batch = [];
  }
  yield* await retrieveBatch(batch, pipeline, signal);
}

async function retrieveBatch(
  items: readonly TaskItem[],
  pipeline: RagPipeline,
  signal: AbortSignal,
): Promise<ItemWithContexts[]> {
  if (items.length === 0) return [];
  try {
    const found = await pipeline.retrieve(
      items.map((item) => item.query ?? ''),
      signal,
    );
    return items.map((item, position) => ({ status: 'ok', item, contexts: found[position]?.chunks ?? [] }));
  } catch (thrown) {
    const [item, ...others] = items;
    if (item && (others.length === 0 || signal.aborted)) {
      return [{ status: 'failed', item, message: toError(thrown).message }];
    }
    const single = await Promise.all(items.map((one) => retrieveBatch([one], pipeline, signal)));
    return single.flat();
  }
}
