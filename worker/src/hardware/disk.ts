// How full the file system of a folder is.
import { statfs } from 'node:fs/promises';

/** Bytes used and there are; undefined when the folder cannot be asked. */
export async function readDisk(folder: string): Promise<{ used: number; total: number } | undefined> {
  try {
    const { bsize, blocks, bfree } = await statfs(folder);
    return { used: (blocks - bfree) * bsize, total: blocks * bsize };
  } catch {
    return undefined;
  }
}
