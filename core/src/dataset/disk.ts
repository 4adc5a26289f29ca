// What was written is on the disk, not only in the memory of the operating system.
import { open } from 'node:fs/promises';

/** Returns once files and the entries of folders are on the disk, one after the other. */
export async function toDisk(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
