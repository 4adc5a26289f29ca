// A corpus: the documents of a folder under a home's `corpora/`, known by the hash of their bytes.
import { glob, readdir } from 'node:fs/promises';
import path from 'node:path';
import { inside } from '../dataset/data-folder.ts';
import { hashFiles } from '../dataset/file-hash.ts';
import { slugPattern } from '../dataset/manifest.ts';
import { BancadaError, unknownName } from '../errors.ts';
import { locate } from '../yaml.ts';
import { type CorpusManifest, readCorpusManifest } from './corpus-manifest.ts';
import type { Document } from './document.ts';
import { loaderFor } from './loader/registry.ts';

/** An opened corpus. Documents stream: memory grows with their ids alone. */
export interface Corpus {
  readonly name: string;
  readonly description?: string | undefined;
  readonly licence?: string | undefined;
  readonly source?: string | undefined;
  /** Relative to the folder, with forward slashes, in reading order. */
  readonly files: readonly string[];
  /** SHA-256 over the bytes of the files in order, hex. */
  readonly sha256: string;
  /** Which fields of a record are read. */
  readonly fields: { readonly id: string; readonly text: string; readonly title?: string | undefined };
  /** @throws BancadaError FILE_INVALID, FIELD_MISSING, DUPLICATE_NAME (two documents with one id), DATASET_EMPTY (no text at all). */
  documents(signal?: AbortSignal): AsyncIterable<Document>;
}

/**
 * Opens `corpora/<name>` of the first home that has it.
 * @throws BancadaError UNKNOWN_NAME, INVALID_INPUT (a fault of corpus.yaml, a path that leaves the folder), FILE_NOT_FOUND, FILE_INVALID (hash differs, no loader).
 */
export async function openCorpus(name: string, homes: readonly string[]): Promise<Corpus> {
  const folder = await findCorpusFolder(name, homes);
  const manifest = await readCorpusManifest(folder);
  const files = await listFiles(folder, manifest);
  const paths = await Promise.all(files.map((file) => inside(folder, file)));
  for (const file of files) loaderFor(file);
  const sha256 = await hashFiles(paths);
  if (manifest.sha256 !== undefined && manifest.sha256 !== sha256) {
    throw new BancadaError('FILE_INVALID', `the corpus's SHA-256 is ${sha256}`, {
      file: manifest.file,
      line: locate(manifest.yaml, ['sha256']),
      key: 'sha256',
      value: manifest.sha256,
      hint: 'A file was changed or damaged: fetch it again, or correct corpus.yaml if the change is meant',
    });
  }
  const { description, licence, license, source } = manifest;
  const fields = { id: manifest.id_field, text: manifest.text_field, title: manifest.title_field };
  return {
    name,
    description,
    licence: licence ?? license,
    source,
    files,
    sha256,
    fields,
    documents: (signal) => readDocuments(name, files, paths, fields, signal),
  };
}

/** Names of the corpora of all homes, sorted, each once. */
export async function corpusNames(homes: readonly string[]): Promise<string[]> {
  const perHome = homes.map(async (home) => {
    const entries = await readdir(path.join(home, 'corpora'), { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => !entry.isFile() && slugPattern.test(entry.name)).map(({ name }) => name);
  });
  return [...new Set((await Promise.all(perHome)).flat())].toSorted();
}

async function findCorpusFolder(name: string, homes: readonly string[]): Promise<string> {
  for (const home of homes) {
    if ((await corpusNames([home])).includes(name)) return inside(path.join(home, 'corpora'), name);
  }
  throw unknownName('corpus', name, await corpusNames(homes), {
    hint: `Looked in ${homes.map((home) => path.join(home, 'corpora')).join(', ') || 'no folder'}`,
  });
}

/** The files that the manifest's names and globs mean: entry by entry, a glob's matches sorted, each file once. */
async function listFiles(folder: string, { files, file, yaml }: CorpusManifest): Promise<string[]> {
  const listed = new Set<string>();
  for (const [index, pattern] of files.entries()) {
    const matches = /[*?[\]{}]/.test(pattern) ? await matchesOf(folder, pattern) : [pattern];
    if (matches.length === 0) {
      throw new BancadaError('FILE_NOT_FOUND', 'no file matches', {
        file,
        line: locate(yaml, ['files', index]),
        key: `files[${index}]`,
        value: pattern,
      });
    }
    for (const match of matches) listed.add(path.posix.normalize(match));
  }
  return [...listed];
}

async function matchesOf(folder: string, pattern: string): Promise<string[]> {
  const entries = await Array.fromAsync(glob(pattern, { cwd: folder, withFileTypes: true }));
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name !== 'corpus.yaml')
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .toSorted();
}

async function* readDocuments(
  name: string,
  files: readonly string[],
  paths: readonly string[],
  fields: Corpus['fields'],
  signal: AbortSignal | undefined,
): AsyncGenerator<Document> {
  const seen = new Map<string, string>();
  let hasText = false;
  for (const [index, relativePath] of files.entries()) {
    const file = paths[index] ?? relativePath;
    for await (const document of loaderFor(relativePath).load(file, { relativePath, fields, signal })) {
      const first = seen.get(document.id);
      if (first !== undefined) {
        throw new BancadaError('DUPLICATE_NAME', `two documents with the id "${document.id}"`, {
          file,
          hint: `The first is in ${first}`,
        });
      }
      seen.set(document.id, relativePath);
      hasText ||= document.text.trim() !== '';
      yield document;
    }
  }
  if (hasText) return;
  throw new BancadaError('DATASET_EMPTY', `corpus "${name}" has no text`, { file: paths.join(', ') });
}
