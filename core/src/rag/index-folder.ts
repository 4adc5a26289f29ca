// A folder that is there whole or not at all, whenever the process dies.

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The folder `parent/name`, built first if it is not there: in a folder beside it that takes the name once it is complete.
 * What processes that died in the middle left behind is removed; of two builders at once the first to finish wins.
 * @returns the folder's path, and whether it was built by this call.
 */
export async function ensureFolder(
  parent: string,
  name: string,
  build: (directory: string) => Promise<void>,
): Promise<{ readonly directory: string; readonly built: boolean }> {
  const directory = path.join(parent, name);
  if (await exists(directory)) return { directory, built: false };
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent, name);
  const partial = path.join(parent, `${name}.${process.pid}.${randomUUID()}.partial`);
  try {
    await mkdir(partial);
    await build(partial);
    await rename(partial, directory);
  } catch (thrown) {
    await rm(partial, { recursive: true, force: true });
    if (isTaken(thrown) && (await exists(directory))) return { directory, built: false };
    throw thrown;
  }
  return { directory, built: true };
}

async function removeAbandoned(parent: string, name: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    if (!entry.startsWith(`${name}.`) || !entry.endsWith('.partial')) continue;
    const owner = Number(entry.slice(name.length + 1).split('.')[0]);
    if (!isAlive(owner)) await rm(path.join(parent, entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isTaken(thrown: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((thrown as NodeJS.ErrnoException).code ?? '');
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
