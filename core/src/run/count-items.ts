// How many items an evaluation will walk, for progress and ETA.
import type { Task } from '../task/task.ts';

/**
 * What the manifest tells, else counted by reading the split up to the limit.
 * Undefined when the split cannot be read to there: the evaluation itself will say why.
 */
export async function countItems(task: Task, limit: number | undefined): Promise<number | undefined> {
  const known = task.count(limit);
  if (known !== undefined) return known;
  let rows = 0;
  try {
    for await (const _ of task.dataset.rows(task.split)) {
      rows += 1;
      if (rows === limit) break;
    }
  } catch {
    return undefined;
  }
  return rows;
}
