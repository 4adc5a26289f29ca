// The hash by which the hub knows a file: SHA-256 in large file storage, Git's blob id elsewhere.
import { createHash } from 'node:crypto';
import type { HubFile } from './repository.ts';

/** Hex, over the bytes as they come. */
export async function contentHash(bytes: AsyncIterable<Uint8Array>, file: HubFile): Promise<string> {
  const hash = createHash(file.sha256 === undefined && file.oid.length === 40 ? 'sha1' : 'sha256');
  if (file.sha256 === undefined) hash.update(`blob ${file.size}\0`);
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}
