// Which data sets there are.
import path from 'node:path';
import { dataFolders } from './data-folder.ts';
import { openDataset } from './open.ts';

/** One line of a listing. */
export interface DatasetEntry {
  readonly name: string;
  readonly splits: readonly string[];
  readonly licence: string | undefined;
  readonly description: string | undefined;
  readonly directory: string;
  /** What is wrong with it, when it cannot be opened. */
  readonly fault: string | undefined;
}

/** Every data set of the homes, by name; of equal names the first home's. One that cannot be opened is listed with its fault. */
export async function listDatasets(homes: readonly string[]): Promise<DatasetEntry[]> {
  const found = new Map<string, DatasetEntry>();
  for (const home of homes) {
    for (const name of await dataFolders(home))
      if (!found.has(name)) found.set(name, await entry(name, home));
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function entry(name: string, home: string): Promise<DatasetEntry> {
  const directory = path.join(home, 'datasets', name);
  try {
    const { splits, licence, description } = await openDataset(name, [home]);
    return {
      name,
      splits: splits.map((split) => split.name),
      licence,
      description,
      directory,
      fault: undefined,
    };
  } catch (thrown) {
    const fault = thrown instanceof Error ? thrown.message : String(thrown);
    return { name, splits: [], licence: undefined, description: undefined, directory, fault };
  }
}
