// Where uploads lie until they are whole: a folder in the home, one below it for each, gone when the upload ends.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** A folder of one upload's own. */
export interface StagingFolder extends AsyncDisposable {
  readonly directory: string;
}

/** Makes one under a home; disposed of with all that is in it. */
export async function openStaging(home: string): Promise<StagingFolder> {
  const directory = path.join(stagingOf(home), `${process.pid}-${randomUUID()}`);
  await mkdir(directory, { recursive: true });
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) };
}

/** Deletes what processes left that ended in the middle of an upload. Call it before the first one of this process. */
export async function cleanStaging(home: string): Promise<void> {
  const folder = stagingOf(home);
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number.parseInt(name, 10);
    const another = pid !== process.pid && isAlive(pid);
    if (!another) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

function stagingOf(home: string): string {
  return path.join(home, 'staging');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
