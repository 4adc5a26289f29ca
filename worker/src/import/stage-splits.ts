// Downloads the files of a data set, checks each, and lays them ready to be published.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, link, mkdir, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import {
  BancadaError,
  datasetSources,
  type Hub,
  type HubDatasetFiles,
  type HubFile,
  type Inspection,
  inspectFile,
  type ShelvedFile,
} from '@bancada/core';
import type { DraftSplit } from '@bancada/prisma';
import type { ImportProgress } from './import-progress.ts';

/** Splits with their files in a folder of their own, which goes when it is disposed of. */
export interface StagedSplits extends AsyncDisposable {
  readonly splits: readonly DraftSplit[];
}

/** Where they are laid and who watches. */
export interface Staging {
  readonly home: string;
  readonly progress: ImportProgress;
  readonly signal: AbortSignal;
}

/** @throws BancadaError as the hub's, and FILE_INVALID with line and column of the first bad record. */
export async function stageSplits(
  hub: Hub,
  found: HubDatasetFiles,
  { home, progress, signal }: Staging,
): Promise<StagedSplits> {
  const directory = path.join(home, 'staging', `${process.pid}-${randomUUID()}`);
  await mkdir(directory, { recursive: true });
  const dispose = () => rm(directory, { recursive: true, force: true });
  try {
    const splits: DraftSplit[] = [];
    let before = 0;
    for (const [name, files] of found.splits) {
      const parts: (ShelvedFile & Inspection)[] = [];
      for (const file of files) {
        signal.throwIfAborted();
        progress.step(file.path);
        const cached = await hub.download(found.repository, found.filesCommit, file, {
          signal,
          onBytes: (bytes) => progress.bytes(before + bytes),
        });
        before += file.size;
        parts.push(await stage(cached, file, path.join(directory, `${splits.length}-${parts.length}`)));
      }
      splits.push(await draftOf(name, parts));
    }
    return { splits, [Symbol.asyncDispose]: dispose };
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
}

/** Under a name of its own: publishing moves the file, and the cache keeps what it has. */
async function stage(
  cached: string,
  { path: name }: HubFile,
  place: string,
): Promise<ShelvedFile & Inspection> {
  const gzip = /\.gz$/i.test(name);
  const extension = path.extname(name.replace(/\.gz$/i, '')).toLowerCase();
  const file = `${place}${extension}`;
  if (gzip) await pipeline(createReadStream(cached), createGunzip(), createWriteStream(file));
  else await link(await realpath(cached), file).catch(() => copyFile(cached, file));
  const reader = Object.entries(datasetSources).find(([, { extensions }]) => extensions.includes(extension));
  const inspection = inspectFile(file, reader?.[0] ?? 'jsonl', name);
  try {
    const { size } = await stat(file);
    return { file, extension, ...(await inspection.whole(size)) };
  } finally {
    inspection.stop();
  }
}

async function draftOf(name: string, parts: readonly (ShelvedFile & Inspection)[]): Promise<DraftSplit> {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows === 0) {
    throw new BancadaError('DATASET_EMPTY', 'the split has no row', { key: 'split', value: name });
  }
  const columns = [...new Set(parts.flatMap((part) => part.columns))];
  return { name, rows, columns, sha256: await hashOf(parts), files: parts };
}

async function hashOf(parts: readonly (ShelvedFile & Inspection)[]): Promise<string> {
  const [first] = parts;
  if (first && parts.length === 1) return first.sha256;
  const hash = createHash('sha256');
  for (const { file } of parts) for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
