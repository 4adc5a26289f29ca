// A folder under a home's `datasets/`: found by name, and never left.
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { BancadaError, unknownName } from '../errors.ts';
import { slugPattern } from './manifest.ts';

/**
 * The folder of a data set: the first home that has one.
 * @throws BancadaError INVALID_INPUT (not a name), UNKNOWN_NAME (lists those that exist), or a link that leads out of the home.
 */
export async function findDataFolder(name: string, homes: readonly string[]): Promise<string> {
  if (!slugPattern.test(name)) {
    throw new BancadaError('INVALID_INPUT', 'not a data set name', {
      value: name,
      allowed: 'letters, digits, ".", "_" and "-"',
    });
  }
  const known: string[] = [];
  for (const home of homes) {
    const parent = path.join(home, 'datasets');
    const names = await dataFolders(home);
    if (names.includes(name)) return inside(parent, name);
    known.push(...names);
  }
  throw unknownName('data set', name, [...new Set(known)].toSorted(), {
    hint: `Looked in ${homes.map((home) => path.join(home, 'datasets')).join(', ') || 'no folder'}`,
  });
}

/** Names of the folders in a home's `datasets/`, sorted. */
export async function dataFolders(home: string): Promise<string[]> {
  const entries = await readdir(path.join(home, 'datasets'), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && slugPattern.test(entry.name))
    .map((entry) => entry.name)
    .toSorted();
}

/**
 * The absolute path of something in a folder, links resolved.
 * @throws BancadaError INVALID_INPUT when it leads out of the folder, FILE_NOT_FOUND.
 */
export async function inside(folder: string, relative: string): Promise<string> {
  const root = await realpath(folder);
  const wanted = path.resolve(root, relative);
  const real = await realpath(wanted).catch(() => undefined);
  for (const candidate of [wanted, real]) {
    if (candidate === undefined || candidate.startsWith(root + path.sep)) continue;
    throw new BancadaError('INVALID_INPUT', 'leads out of its folder', {
      value: relative,
      allowed: `a path inside ${folder}`,
    });
  }
  if (real === undefined) throw new BancadaError('FILE_NOT_FOUND', 'no such file', { file: wanted });
  return real;
}
