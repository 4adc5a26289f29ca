// SHA-256 of files, streamed.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { BancadaError } from '../errors.ts';

/** Hex digest over the contents of the files in the given order. Throws BancadaError FILE_NOT_FOUND. */
export async function hashFiles(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    try {
      await pipeline(createReadStream(file), hash, { end: false });
    } catch (cause) {
      throw new BancadaError('FILE_NOT_FOUND', 'no such model file, or it cannot be read', { file, cause });
    }
  }
  return hash.digest('hex');
}

/** Hex digest of any plain value; equal values with keys in the same order give the same digest. */
export function hashValue(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
