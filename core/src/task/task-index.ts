// Where tasks are found: by name in the homes' `tasks/` folders, or by the path of a file.
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { unknownName } from '../errors.ts';
import { parseYaml } from '../yaml.ts';

/** Where names and paths are looked up. */
export interface TaskPlaces {
  readonly homes: readonly string[];
  /** Folder against which paths are resolved. */
  readonly baseDirectory: string;
  /** Versions of data sets that are asked for by name alone; the newest of those that it leaves out. */
  readonly datasetVersions?: Readonly<Record<string, number>> | undefined;
}

/** A task, a group, or a tag that names several tasks. */
export interface IndexEntry {
  readonly name: string;
  readonly kind: 'task' | 'group' | 'tag';
  /** One file; a tag has those of all its tasks. */
  readonly files: readonly string[];
}

/**
 * The file or files behind a name or path.
 * @throws BancadaError UNKNOWN_NAME with the names that exist.
 */
export async function findTask(reference: string, places: TaskPlaces): Promise<IndexEntry> {
  const given = path.resolve(places.baseDirectory, reference);
  if (/[/\\]|\.ya?ml$/.test(reference) && (await isFile(given)))
    return { name: reference, kind: 'task', files: [given] };
  for (const home of places.homes) {
    const file = path.join(home, 'tasks', `${reference}.yaml`);
    if (/^[\w.-]+$/.test(reference) && (await isFile(file)) && (await namesIn(file)).name === reference) {
      return { name: reference, kind: 'task', files: [file] };
    }
  }
  const index = await indexTasks(places.homes);
  const entry = index.get(reference);
  if (entry) return entry;
  throw unknownName('task', reference, [...index.keys()].toSorted(), {
    hint: `Looked in ${places.homes.map((home) => path.join(home, 'tasks')).join(', ') || 'no folder'} and for the file ${given}`,
  });
}

/** Every task, group and tag of the homes, by name; of equal names the first home's. */
export async function indexTasks(homes: readonly string[]): Promise<ReadonlyMap<string, IndexEntry>> {
  const index = new Map<string, IndexEntry>();
  const tags = new Map<string, string[]>();
  for (const home of homes) {
    for (const file of await taskFiles(path.join(home, 'tasks'))) {
      const { name, kind, tags: own } = await namesIn(file);
      if (name === undefined || index.has(name)) continue;
      index.set(name, { name, kind, files: [file] });
      for (const tag of own) tags.set(tag, [...(tags.get(tag) ?? []), file]);
    }
  }
  for (const [name, files] of tags) if (!index.has(name)) index.set(name, { name, kind: 'tag', files });
  return index;
}

async function taskFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => path.join(folder, name));
}

interface Names {
  readonly name: string | undefined;
  readonly kind: 'task' | 'group';
  readonly tags: readonly string[];
}

/** A file that does not parse has no name here; whoever opens it is told why. */
async function namesIn(file: string): Promise<Names> {
  const nothing: Names = { name: undefined, kind: 'task', tags: [] };
  try {
    const keys = parseYaml(await readFile(file, 'utf8'), file) as Record<string, unknown> | null;
    if (typeof keys?.task === 'string')
      return { name: keys.task, kind: 'task', tags: [keys.tag ?? []].flat().map(String) };
    return typeof keys?.group === 'string' ? { name: keys.group, kind: 'group', tags: [] } : nothing;
  } catch {
    return nothing;
  }
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
