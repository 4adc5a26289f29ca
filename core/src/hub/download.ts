// One file of the hub into the cache: goes on where a broken download stopped, and appears only when it is whole.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, truncate, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError } from '../errors.ts';
import { contentHash } from './content-hash.ts';
import type { HubAccess } from './hub-access.ts';
import { isWhole } from './hub-cache.ts';
import { mostTries } from './hub-fetch.ts';
import { refused } from './hub-refusal.ts';
import type { HubFile, HubRepository } from './repository.ts';

/** How a download is watched and stopped. */
export interface Downloading {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes that are there, as they come; at once with all of them when the file is in the cache. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

const pauseMs = 200;

/** The path of the file in the cache. @throws BancadaError, see `Hub.download`. */
export async function downloadFile(
  access: HubAccess,
  repository: HubRepository,
  commit: string,
  file: HubFile,
  downloading: Downloading,
): Promise<string> {
  const { cache } = access;
  const snapshot = cache.snapshotPath(repository, commit, file);
  const blob = cache.blobPath(repository, file);
  if (await isWhole(blob, file.size)) {
    // What is used stays in the cache.
    const now = new Date();
    await utimes(blob, now, now).catch(() => undefined);
  } else {
    await mkdir(path.dirname(blob), { recursive: true });
    const incomplete = `${blob}.incomplete`;
    await fill({ access, repository, commit, file, incomplete, ...downloading });
    await checkContent(incomplete, file);
    await rename(incomplete, blob);
  }
  downloading.onBytes?.(file.size);
  if (!(await isWhole(snapshot, file.size))) await cache.link(blob, snapshot);
  return snapshot;
}

interface Filling extends Downloading {
  readonly access: HubAccess;
  readonly repository: HubRepository;
  readonly commit: string;
  readonly file: HubFile;
  readonly incomplete: string;
}

/** Until all bytes are there. A connection that breaks is opened again as long as each brings something. */
async function fill(filling: Filling): Promise<void> {
  const { incomplete, file, signal } = filling;
  let idle = 0;
  for (;;) {
    const before = await sizeOf(incomplete);
    if (before === file.size && before > 0) return;
    if (before > file.size) await truncate(incomplete);
    try {
      await append(filling, before > file.size ? 0 : before);
    } catch (thrown) {
      signal?.throwIfAborted();
      if (thrown instanceof BancadaError || isOfDisk(thrown)) throw thrown;
    }
    const after = await sizeOf(incomplete);
    if (after === file.size) return;
    idle = after > before ? 0 : idle + 1;
    if (idle === mostTries) {
      throw new BancadaError(
        'ENDPOINT_FAILED',
        `the connection breaks after ${after} of ${file.size} bytes`,
        {
          file: file.path,
          hint: 'Try again: the download goes on where it stopped',
        },
      );
    }
    await sleep(pauseMs, undefined, { signal });
  }
}

/** One request, from `start` on; a hub that sends the whole file all the same is taken from the beginning. */
async function append(filling: Filling, start: number): Promise<void> {
  const { access, repository, commit, file, incomplete, signal, onBytes } = filling;
  const folder = repository.type === 'dataset' ? 'datasets/' : '';
  const address = `${access.endpoint}/${folder}${repository.name}/resolve/${commit}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
  // Packed bytes could not be counted, nor gone on with.
  const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
  const response = await access.fetch(address, { headers, signal: signal ?? null });
  const from = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  const resumed = response.status === 206 && Number(from) === start;
  if (response.status === 416) {
    await response.body?.cancel();
    return truncate(incomplete);
  }
  if ((response.status !== 200 && !resumed) || response.body === null) {
    await response.body?.cancel();
    throw refused(repository, commit, response.status);
  }
  let bytes = resumed ? start : 0;
  await pipeline(
    Readable.fromWeb(response.body as ReadableStream),
    async function* counted(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.byteLength;
        if (bytes > file.size) throw tooLong(file);
        yield chunk;
        onBytes?.(bytes);
      }
    },
    createWriteStream(incomplete, { flags: resumed ? 'a' : 'w' }),
    { signal },
  );
}

async function checkContent(incomplete: string, file: HubFile): Promise<void> {
  const expected = file.sha256 ?? file.oid;
  const found = await contentHash(createReadStream(incomplete, { highWaterMark: 1 << 20 }), file);
  if (found === expected) return;
  await rm(incomplete, { force: true });
  throw new BancadaError('FILE_INVALID', 'the bytes that came are not those that the hub announced', {
    file: file.path,
    value: found,
    allowed: expected,
    hint: 'Try again',
  });
}

function tooLong(file: HubFile): BancadaError {
  return new BancadaError('FILE_INVALID', 'the hub sends more than it announced', {
    file: file.path,
    allowed: `${file.size} bytes`,
  });
}

function isOfDisk(thrown: unknown): boolean {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS' || code === 'EDQUOT';
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
