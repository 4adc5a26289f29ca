// SHA-256 of files, streamed; remembered while the file stays as it was.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

const known = new Map<string, string>();

/** SHA-256 over the bytes of the files in order, hex. */
export async function hashFiles(files: readonly string[]): Promise<string> {
  const stats = await Promise.all(files.map((file) => stat(file)));
  const key = files
    .map((file, index) => `${file}\0${stats[index]?.size}\0${stats[index]?.mtimeMs}`)
    .join('\0');
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const hash = createHash('sha256');
  for (const file of files)
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  const digest = hash.digest('hex');
  known.set(key, digest);
  return digest;
}
