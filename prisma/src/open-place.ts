// Where root's bundled Postgres lives when its user may not enter the home or the program's folder: under /var/lib/bancada.
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkReachable, mayReach, type ServerAccount } from './server-account.ts';
import type { ServerBinaries } from './server-binaries.ts';

const place = '/var/lib/bancada';

/**
 * The folder itself when the account may enter it, else one that belongs to this folder alone and may be entered.
 * @throws BancadaError naming the closed folder when there can be no other either.
 */
export function reachableFolder(folder: string, account: ServerAccount | undefined): string {
  if (account === undefined || mayReach(folder, account)) return folder;
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return openPlace(folder, account, name);
}

/**
 * The programs themselves when the account may run them, else a copy of their folder (60 MB, made once a version).
 * @throws BancadaError as {@link reachableFolder}.
 */
export function reachableBinaries(
  binaries: ServerBinaries,
  account: ServerAccount | undefined,
): ServerBinaries {
  const bin = path.dirname(binaries.pgCtl);
  if (account === undefined || mayReach(bin, account)) return binaries;
  const source = path.dirname(bin);
  const target = path.join(
    openPlace(bin, account, 'programs'),
    createHash('sha256').update(source).digest('hex').slice(0, 16),
  );
  if (!existsSync(target)) copyWhole(source, target);
  const copied = (program: string) => path.join(target, path.relative(source, program));
  return { initdb: copied(binaries.initdb), pgCtl: copied(binaries.pgCtl) };
}

function openPlace(closed: string, account: ServerAccount, name: string): string {
  const folder = path.join(place, name);
  try {
    mkdirSync(folder, { recursive: true });
    for (const part of [place, folder]) chmodSync(part, 0o755);
  } catch {
    checkReachable(closed, account);
  }
  checkReachable(folder, account);
  return folder;
}

// Renamed into place, so that a copy that was interrupted is never taken for a whole one.
function copyWhole(source: string, target: string): void {
  const half = `${target}.${process.pid}`;
  // The libraries name each other by links beside them.
  cpSync(source, half, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
