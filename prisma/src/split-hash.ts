// What a version of a data set is known by: its splits' names and hashes, in order.
import { createHash } from 'node:crypto';

/** SHA-256, hex. */
export function hashOfSplits(splits: readonly { readonly name: string; readonly sha256: string }[]): string {
  const hash = createHash('sha256');
  for (const { name, sha256 } of splits) hash.update(`${name}:${sha256}\n`);
  return hash.digest('hex');
}
