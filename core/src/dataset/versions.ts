// The kept versions of a data set: `versions/<number>/` in its folder, each whole and never changed.
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Name of the folder that holds them. */
export const versionsFolder = 'versions';

/** Their numbers, rising. */
export async function keptVersions(folder: string): Promise<number[]> {
  const names = await readdir(path.join(folder, versionsFolder)).catch(() => []);
  return names
    .filter((name) => /^[1-9]\d{0,8}$/.test(name))
    .map(Number)
    .toSorted((a, b) => a - b);
}
