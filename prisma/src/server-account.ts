// The account under which the bundled Postgres runs: one's own, or for root, whom Postgres refuses, the user `postgres`.
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { BancadaError } from '@bancada/core/errors';

const run = promisify(execFile);
const name = 'postgres';

/** User and group of the server's processes. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** The account to switch to; undefined when the server runs as oneself. Makes the user when root has none. */
export async function serverAccount(): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await lookUp();
  if (known) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', name]).catch((cause: unknown) => {
    throw new BancadaError(
      'CAPABILITY_MISSING',
      `Postgres does not run as root, and the user "${name}" could not be made`,
      {
        hint: `Make it (useradd --system --user-group ${name}), start as another user, or set DATABASE_URL`,
        cause,
      },
    );
  });
  const made = await lookUp();
  if (!made) throw new BancadaError('CAPABILITY_MISSING', `there is no user "${name}"`);
  return made;
}

async function lookUp(): Promise<ServerAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether the account may enter every folder on the way to `target`. */
export function mayReach(target: string, account: ServerAccount): boolean {
  return closedFolder(target, account) === undefined;
}

/** @throws BancadaError that names the first folder on the way to `target` that the account may not enter. */
export function checkReachable(target: string, account: ServerAccount | undefined): void {
  if (account === undefined) return;
  const folder = closedFolder(target, account);
  if (folder === undefined) return;
  throw new BancadaError('STORE_FAILED', `Postgres runs as the user "${name}", who may not enter ${folder}`, {
    file: target,
    hint:
      `Open it (chmod o+x ${folder}), keep the program and BANCADA_HOME in folders that others may enter, ` +
      'start as another user than root, or set DATABASE_URL',
  });
}

function closedFolder(target: string, account: ServerAccount): string | undefined {
  for (let folder = target; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (!mayEnter(folder, account)) return folder;
  }
  return undefined;
}

function mayEnter(folder: string, { uid, gid }: ServerAccount): boolean {
  const stat = statSync(folder);
  if (stat.uid === uid) return (stat.mode & 0o100) !== 0;
  return (stat.mode & (stat.gid === gid ? 0o010 : 0o001)) !== 0;
}
