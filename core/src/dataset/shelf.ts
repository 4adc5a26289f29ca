// Puts a new version of a data set into a home: its files into a folder of their own, then, at one stroke, the manifest that names them newest.
import { copyFile, link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { BancadaError } from '../errors.ts';
import { dataFolders, inside } from './data-folder.ts';
import { toDisk } from './disk.ts';
import { readManifest, slugPattern } from './manifest.ts';
import { openDataset } from './open.ts';
import { keptVersions, versionsFolder } from './versions.ts';

/** A file that becomes part of a version. It is moved. */
export interface ShelvedFile {
  /** Absolute, on the home's file system. */
  readonly file: string;
  /** With the dot, as the reader knows it: `.jsonl`. */
  readonly extension: string;
  readonly rows: number;
}

/** A version to be. */
export interface NewVersion {
  readonly name: string;
  readonly version: number;
  readonly description: string | null;
  readonly licence: string | null;
  readonly source: string | null;
  /** In the order in which the manifest names them. */
  readonly splits: readonly NewSplit[];
}

/** A split of a version to be: new files, or those of the newest version. */
export type NewSplit =
  | {
      readonly type: 'new';
      readonly name: string;
      /** In reading order. */
      readonly files: readonly ShelvedFile[];
      /** SHA-256 over the files in order, hex. */
      readonly sha256: string;
    }
  | { readonly type: 'kept'; readonly name: string };

// /datasets/new and /datasets/import are screens of the dashboard: a data set of that name could not be opened there.
const reservedNames = ['new', 'import'];
const allowedNames = 'up to 100 letters, digits, ".", "_" and "-", the first a letter or digit';

/**
 * For a data set that is to be made; one that lies in a home by hand may have a reserved name.
 * @throws BancadaError INVALID_INPUT (key `name`).
 */
export function checkDatasetName(name: string): void {
  checkSlug(name);
  if (!reservedNames.includes(name)) return;
  throw new BancadaError('INVALID_INPUT', 'a reserved name', {
    key: 'name',
    value: name,
    allowed: `${allowedNames}; not ${reservedNames.map((reserved) => `"${reserved}"`).join(' or ')}`,
  });
}

function checkSlug(name: string): void {
  if (slugPattern.test(name)) return;
  throw new BancadaError('INVALID_INPUT', 'not a data set name', {
    key: 'name',
    value: name,
    allowed: allowedNames,
  });
}

/** @throws BancadaError INVALID_INPUT (key `split`). */
export function checkSplitName(split: string): void {
  if (/^[a-z0-9][a-z0-9_-]{0,49}$/i.test(split)) return;
  throw new BancadaError('INVALID_INPUT', 'not the name of a split', {
    key: 'split',
    value: split,
    allowed: 'up to 50 letters, digits, "_" and "-": train, validation, test',
  });
}

/**
 * The number of the newest version in a home; 0 when there is no such data set.
 * @throws BancadaError DUPLICATE_NAME when its folder is kept by hand, INVALID_INPUT for a wrong name or a link out of the home.
 */
export async function newestVersion(home: string, name: string): Promise<number> {
  checkSlug(name);
  const same = (await dataFolders(home)).find((known) => known.toLowerCase() === name.toLowerCase());
  if (same === undefined) return 0;
  const folder = await inside(path.join(home, 'datasets'), same);
  const manifest = await readManifest(folder, same);
  if (same === name && manifest?.version !== undefined) return manifest.version;
  // A folder that was begun and never got its manifest is nobody's.
  if (same === name && manifest === undefined && (await keptVersions(folder)).length > 0) return 0;
  throw new BancadaError('DUPLICATE_NAME', 'a data set of this name is kept by hand', {
    key: 'name',
    value: name,
    allowed: 'another name',
    hint: `It is ${folder}`,
  });
}

/**
 * Moves the files in and makes the version the newest. Nothing is changed when it throws; a reader sees the old version or the new.
 * When it returns, the version is on the disk: a loss of power does not lose it.
 */
export async function shelve(home: string, version: NewVersion): Promise<void> {
  checkDatasetName(version.name);
  const folder = path.join(home, 'datasets', version.name);
  const own = path.join(folder, versionsFolder, String(version.version));
  // What a crash left of an attempt at this number was never named by a manifest.
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  await inside(path.join(home, 'datasets'), version.name);
  try {
    const splits: Record<string, SplitLine> = {};
    for (const split of version.splits) {
      checkSplitName(split.name);
      splits[split.name] =
        split.type === 'new'
          ? await moveIn(own, split.name, split.files, split.sha256)
          : await takeOver(home, version.name, own, split.name);
    }
    await toDisk(...(await readdir(own)).map((name) => path.join(own, name)));
    await writeManifests(folder, own, version, splits);
    await toDisk(own, path.dirname(own), folder, path.dirname(folder));
  } catch (thrown) {
    await rm(own, { recursive: true, force: true });
    throw thrown;
  }
}

/** Deletes a data set's folder from a home. */
export async function discardDataset(home: string, name: string): Promise<void> {
  checkSlug(name);
  const folder = await inside(path.join(home, 'datasets'), name);
  // Out of sight at one stroke, whatever happens to the deletion.
  const away = path.join(home, 'datasets', `.deleted-${name}-${process.pid}`);
  await rename(folder, away);
  await rm(away, { recursive: true, force: true });
}

interface SplitLine {
  readonly files: readonly string[];
  readonly rows: number | undefined;
  readonly sha256: string | undefined;
}

async function moveIn(
  own: string,
  split: string,
  files: readonly ShelvedFile[],
  sha256: string,
): Promise<SplitLine> {
  const names: string[] = [];
  for (const [index, { file, extension }] of files.entries()) {
    const piece = files.length === 1 ? '' : `-${padded(index)}-of-${padded(files.length)}`;
    const name = `${split}${piece}${extension}`;
    await rename(file, path.join(own, name));
    names.push(name);
  }
  return { files: names, rows: files.reduce((sum, { rows }) => sum + rows, 0), sha256 };
}

async function takeOver(home: string, name: string, own: string, split: string): Promise<SplitLine> {
  const dataset = await openDataset(name, [home]);
  const kept = dataset.splits.find((one) => one.name === split);
  const names: string[] = [];
  for (const file of kept?.files ?? []) {
    const copy = path.join(own, path.basename(file));
    await link(file, copy).catch(() => copyFile(file, copy));
    names.push(path.basename(file));
  }
  return { files: names, rows: kept?.rows, sha256: kept?.sha256 };
}

async function writeManifests(
  folder: string,
  own: string,
  { name, version, description, licence, source }: NewVersion,
  splits: Readonly<Record<string, SplitLine>>,
): Promise<void> {
  const about = { description, licence, source };
  const facts = { name, ...withoutNulls(about), version };
  const from = (prefix: string) =>
    Object.fromEntries(
      Object.entries(splits).map(([split, line]) => [
        split,
        { ...line, files: line.files.map((file) => prefix + file) },
      ]),
    );
  const write = async (file: string, prefix: string) => {
    const temporary = `${file}.new`;
    await writeFile(temporary, stringify({ ...facts, splits: from(prefix) }), { flush: true });
    await rename(temporary, file);
  };
  await write(path.join(own, 'dataset.yaml'), '');
  await write(path.join(folder, 'dataset.yaml'), `${versionsFolder}/${version}/`);
}

function withoutNulls(facts: Readonly<Record<string, string | null>>): Record<string, string> {
  const known = Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(known);
}

function padded(number: number): string {
  return String(number).padStart(5, '0');
}
