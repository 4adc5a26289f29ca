// Which tasks there are.
import { toError } from '../errors.ts';
import { indexTasks } from './task-index.ts';
import { readTaskFile } from './task-source.ts';

/** One line of a listing. */
export interface TaskEntry {
  readonly name: string;
  readonly kind: 'task' | 'group';
  readonly outputType: string | undefined;
  readonly dataset: string | undefined;
  readonly file: string;
  /** What is wrong with it, when it cannot be read. */
  readonly fault: string | undefined;
}

/** Every task and group of the homes, by name. One that cannot be read is listed with its fault. */
export async function listTasks(homes: readonly string[]): Promise<TaskEntry[]> {
  const entries: TaskEntry[] = [];
  for (const { name, kind, files } of (await indexTasks(homes)).values()) {
    const [file] = files;
    if (kind !== 'tag' && file !== undefined) entries.push(await entry(name, kind, file, homes));
  }
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function entry(
  name: string,
  kind: 'task' | 'group',
  file: string,
  homes: readonly string[],
): Promise<TaskEntry> {
  try {
    const source = await readTaskFile(file, homes);
    if (source.type === 'group')
      return { name, kind, outputType: undefined, dataset: undefined, file, fault: undefined };
    const { output_type = 'generate_until', dataset_path } = source.config;
    return { name, kind, outputType: output_type, dataset: dataset_path, file, fault: undefined };
  } catch (thrown) {
    return { name, kind, outputType: undefined, dataset: undefined, file, fault: toError(thrown).message };
  }
}
