// Bytes of an upload to a file: unpacked, counted against the limit, and checked and hashed by another process while they are still coming.
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type BancadaError, type Inspection, inspectFile } from '@bancada/core';
import { Problem } from '../rest/problem.ts';
import { overLimit } from './byte-limit.ts';
import type { DataFormat } from './data-format.ts';
import { createLandingFile, type LandingFile } from './landing-file.ts';

/** A file that is whole, sound and on the disk. */
export interface ReceivedFile extends Inspection {
  readonly file: string;
  /** Unpacked. */
  readonly bytes: number;
}

/** How a file is received. */
export interface Receiving {
  readonly file: string;
  /** The name that messages use. */
  readonly shownAs: string;
  readonly format: DataFormat;
  /** In bytes, unpacked. */
  readonly limit: number;
}

// Text packs ten to thirty times; what unpacks beyond this is made to fill a disk.
const mostUnpacking = 250;
const freeBytes = 64 * 1024 * 1024;

/** @throws Problem 413 over the limit, 422 with `line` and `column` of the first bad record. */
export async function receiveFile(stream: Readable, receiving: Receiving): Promise<ReceivedFile> {
  const { file, format, shownAs, limit } = receiving;
  const landing = await createLandingFile(file);
  const inspection = inspectFile(file, format.reader, shownAs, { mostText: limit });
  // Found while bytes are still coming: the rest need not be waited for.
  inspection.fault.then((fault) => stream.destroy(badRecord(fault))).catch(() => undefined);
  try {
    landing.onGrown = (bytes) => inspection.grown(bytes);
    await write(stream, receiving, landing);
    const bytes = await landing.end();
    const inspected = inspection.whole(bytes).catch((fault: BancadaError) => {
      throw badRecord(fault);
    });
    const [found] = await Promise.all([inspected, landing.sync()]);
    if (found.rows === 0)
      throw new Problem(422, `${shownAs}: there is no record in it`, { line: 1, column: 1 });
    return { file, bytes, ...found };
  } finally {
    inspection.stop();
    await landing.close();
  }
}

async function write(
  stream: Readable,
  { format, limit, shownAs }: Receiving,
  landing: LandingFile,
): Promise<void> {
  let packed = 0;
  let bytes = 0;
  for await (const chunk of unpacked(stream, format, shownAs, (size) => (packed += size))) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw overLimit(limit, ', unpacked');
    if (format.gzip && bytes > freeBytes && bytes > packed * mostUnpacking) throw bomb();
    await landing.write(chunk);
  }
}

async function* unpacked(
  stream: Readable,
  { gzip }: DataFormat,
  shownAs: string,
  onPacked: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  if (!gzip) {
    yield* stream;
    return;
  }
  stream.on('data', (chunk: Uint8Array) => onPacked(chunk.byteLength));
  const gunzip = createGunzip();
  // Unlike pipe, it ends the unpacking even when the stream was destroyed before. The loop below hears of errors.
  pipeline(stream, gunzip, () => undefined);
  try {
    yield* gunzip;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw thrown;
    throw new Problem(422, `${shownAs}: is not valid gzip: ${(thrown as Error).message}`, {
      line: 1,
      column: 1,
    });
  }
}

function bomb(): Problem {
  return new Problem(413, `the file unpacks to more than ${mostUnpacking} times its size`);
}

function badRecord(fault: BancadaError): Problem {
  const { message, detail } = fault;
  return new Problem(422, message, { line: detail.line ?? null, column: detail.column ?? null });
}
