// Keeps the cache of a hub within bounds: what was not used for long goes, then the oldest until the rest fits.
import type { Stats } from 'node:fs';
import { lstat, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** How much of a cache stays. */
export interface CacheBounds {
  readonly mostBytes: number;
  readonly unusedMs: number;
}

/** What is there, or what went. Files that a model's folder holds too (hard links) take no room of their own. */
export interface CacheSize {
  readonly files: number;
  readonly bytes: number;
}

interface Blob extends CacheSize {
  readonly file: string;
  readonly usedAt: number;
}

// Somebody may be about to read what it has just found here.
const restMs = 60 * 60_000;

/** How much the cache holds; nothing where there is none. */
export async function sizeOfHubCache(directory: string): Promise<CacheSize> {
  return sum(await blobsOf(directory));
}

/** Deletes what is beyond the bounds, and says what that was. What is deleted is fetched again when it is wanted. */
export async function pruneHubCache(
  directory: string,
  { mostBytes, unusedMs }: CacheBounds,
): Promise<CacheSize> {
  const now = Date.now();
  const blobs = (await blobsOf(directory)).toSorted((one, other) => one.usedAt - other.usedAt);
  let { bytes } = sum(blobs);
  const gone: Blob[] = [];
  for (const blob of blobs) {
    const unused = now - blob.usedAt;
    if (unused < restMs || (unused < unusedMs && bytes <= mostBytes)) continue;
    await rm(blob.file, { force: true });
    bytes -= blob.bytes;
    gone.push(blob);
  }
  const repositories = new Set(gone.map(({ file }) => path.dirname(path.dirname(file))));
  for (const repository of repositories) await tidy(repository);
  return sum(gone);
}

async function blobsOf(directory: string): Promise<Blob[]> {
  const repositories = await readdir(directory).catch(() => []);
  const found: Blob[] = [];
  for (const repository of repositories) {
    const folder = path.join(directory, repository, 'blobs');
    for (const name of await readdir(folder).catch(() => [])) {
      const file = path.join(folder, name);
      const about = await lstat(file).catch(() => undefined);
      if (about?.isFile()) found.push(blobOf(file, about));
    }
  }
  return found;
}

function blobOf(file: string, { size, nlink, mtimeMs }: Stats): Blob {
  return { file, files: 1, bytes: nlink > 1 ? 0 : size, usedAt: mtimeMs };
}

// Without a blob a snapshot leads nowhere; without any the repository's folder holds nothing of use.
async function tidy(repository: string): Promise<void> {
  const left = await readdir(path.join(repository, 'blobs')).catch(() => []);
  if (left.length === 0) return rm(repository, { recursive: true, force: true });
  const snapshots = path.join(repository, 'snapshots');
  for (const name of await readdir(snapshots, { recursive: true }).catch(() => [])) {
    const file = path.join(snapshots, name);
    const isThere = await stat(file).then(
      () => true,
      () => false,
    );
    if (!isThere) await rm(file, { force: true });
  }
}

function sum(sizes: readonly CacheSize[]): CacheSize {
  return {
    files: sizes.length,
    bytes: sizes.reduce((total, { bytes }) => total + bytes, 0),
  };
}
