// A task without a single row: planned like any other, so that the rest of the suite runs while it tells why it cannot.
import type { BancadaError } from '../errors.ts';
import type { TaskReference } from '../task/reference.ts';
import type { Task } from '../task/task.ts';
import { findTask, type TaskPlaces } from '../task/task-index.ts';
import type { TaskConfig } from '../task/task-schema.ts';
import { readTaskFile } from '../task/task-source.ts';

/** Stands in for a task whose data set is empty: its walk throws `fault`, and it has no metrics. */
export async function emptyTask(
  reference: TaskReference,
  places: TaskPlaces,
  fault: BancadaError,
): Promise<Task> {
  const { files } = await findTask(reference.task, places);
  const source = await readTaskFile(files[0] ?? reference.task);
  const config: Partial<TaskConfig> = source.type === 'task' ? source.config : {};
  return {
    name: config.task ?? reference.task,
    dataset: { name: config.dataset_path ?? reference.task, splits: [], rows: () => walk(fault) },
    split: config.test_split ?? '',
    outputType: config.output_type ?? 'generate_until',
    numFewshot: reference.num_fewshot ?? config.num_fewshot ?? 0,
    metrics: [],
    retrieves: false,
    version: '',
    fingerprint: '',
    config,
    items: () => walk(fault),
    count: () => 0,
  };
}

// biome-ignore lint/correctness/useYield: there is nothing to yield, that is the point.
async function* walk(fault: BancadaError): AsyncGenerator<never> {
  throw fault;
}
