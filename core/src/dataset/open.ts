// Opens data sets: by name from a home, or from files that the caller names.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { BancadaError, unknownName } from '../errors.ts';
import { locate } from '../yaml.ts';
import { findDataFolder, inside } from './data-folder.ts';
import type { Dataset, Row, Split } from './dataset.ts';
import { hashFiles } from './file-hash.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { parseReference, versionFolder } from './reference.ts';
import { datasetExtensions, sourceFor } from './registry.ts';

/** Files for {@link openDataFiles}. */
export interface DataFiles {
  readonly name: string;
  /** Absolute paths by split. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** A name of the registry; by extension when left out. */
  readonly format?: string | undefined;
  /** JSON: the key that holds the rows. */
  readonly field?: string | undefined;
}

/**
 * Opens `datasets/<name>` of the first home that has it: its newest version, or the one that `name@version` asks for.
 * With a dataset.yaml its splits and hashes hold; without one, files named by split do (`train.jsonl`, `test.csv`).
 * @throws BancadaError UNKNOWN_NAME, INVALID_INPUT (a manifest's fault, a path that leaves the folder), FILE_NOT_FOUND, FILE_INVALID (hash differs), DUPLICATE_NAME.
 */
export async function openDataset(reference: string, homes: readonly string[]): Promise<Dataset> {
  const { name, version: wanted } = parseReference(reference);
  const folder = await versionFolder(await findDataFolder(name, homes), name, wanted);
  const manifest = await readManifest(folder, name);
  if (!manifest) return openDataFiles({ name, files: await filesBySplit(folder) });
  const splits: Split[] = [];
  for (const [split, entry] of Object.entries(manifest.splits)) {
    const names = ('files' in entry ? entry.files : undefined) ?? [entry.file ?? ''];
    const files = await Promise.all(names.map((file) => inside(folder, file)));
    const sha256 = await hashFiles(files);
    const { rows, sha256: declared } = { rows: undefined, sha256: undefined, ...entry };
    if (declared !== undefined && declared !== sha256) throw hashDiffers(manifest, split, declared, sha256);
    splits.push({ name: split, files, sha256, rows });
  }
  const { description, licence, license, source, version, format, field } = manifest;
  return dataset({ name, description, licence: licence ?? license, source, version, splits }, format, field);
}

/**
 * Opens files as a data set.
 * @throws BancadaError FILE_NOT_FOUND, FILE_INVALID (no reader for the extension), UNKNOWN_NAME (format).
 */
export async function openDataFiles({ name, files, format, field }: DataFiles): Promise<Dataset> {
  const splits: Split[] = [];
  for (const [split, paths] of Object.entries(files)) {
    for (const file of paths) sourceFor(file, format);
    const sha256 = await hashFiles(paths).catch((cause: NodeJS.ErrnoException) => {
      throw new BancadaError('FILE_NOT_FOUND', `cannot read the files of split "${split}"`, {
        file: cause.path ?? paths.join(', '),
        cause,
      });
    });
    splits.push({ name: split, files: paths, sha256 });
  }
  return dataset({ name, splits }, format, field);
}

function dataset(
  facts: Omit<Dataset, 'rows'>,
  format: string | undefined,
  field: string | undefined,
): Dataset {
  return {
    ...facts,
    rows: async function* rows(name: string, signal?: AbortSignal): AsyncGenerator<Row> {
      const split = facts.splits.find((candidate) => candidate.name === name);
      if (!split)
        throw unknownName(
          `split of data set ${facts.name}`,
          name,
          facts.splits.map((known) => known.name),
        );
      let any = false;
      for (const file of split.files) {
        for await (const row of sourceFor(file, format).read(file, { signal, field })) {
          any = true;
          yield row;
        }
      }
      if (!any) {
        throw new BancadaError('DATASET_EMPTY', `split "${name}" of data set "${facts.name}" has no row`, {
          file: split.files.join(', '),
        });
      }
    },
  };
}

/** `train.jsonl`, and the pieces of one split in the Hugging Face way: `train-00000-of-00002.parquet`. */
async function filesBySplit(folder: string): Promise<Record<string, string[]>> {
  const names = (await readdir(folder))
    .filter((name) => datasetExtensions.includes(path.extname(name).toLowerCase()))
    .toSorted();
  const splits: Record<string, string[]> = {};
  for (const name of names) {
    const stem = path.basename(name, path.extname(name));
    const split = stem.replace(/-\d{5}-of-\d{5}$/, '');
    const files = splits[split] ?? [];
    if (files.length > 0 && split === stem) {
      throw new BancadaError('DUPLICATE_NAME', `two files for split "${split}"`, {
        file: path.join(folder, name),
        value: files.map((file) => path.basename(file)),
      });
    }
    splits[split] = [...files, await inside(folder, name)];
  }
  if (names.length > 0) return splits;
  throw new BancadaError('FILE_NOT_FOUND', 'a data set folder without data', {
    file: folder,
    allowed: `dataset.yaml, or files named by split that end in ${datasetExtensions.join(', ')}`,
  });
}

function hashDiffers({ file, text }: Manifest, split: string, declared: string, found: string): BancadaError {
  return new BancadaError('FILE_INVALID', `the data's SHA-256 is ${found}`, {
    file,
    line: locate(text, ['splits', split, 'sha256']),
    key: `splits.${split}.sha256`,
    value: declared,
    hint: 'The file was changed or damaged: fetch it again, or correct the manifest if the change is meant',
  });
}
