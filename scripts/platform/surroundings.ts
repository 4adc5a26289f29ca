// What the system needs of the machine, checked before anything is started: variables, the home, the port.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setupCode } from '../../api/src/auth/setup-code.ts';
import { type Env, readEnv } from '../../api/src/env.ts';
import { BancadaError } from '../../core/src/index.ts';
import { readEnvironment } from '../../worker/src/env.ts';
import type { Surroundings } from './first-steps.ts';

/** All that the environment says of the system. */
export interface WholeSurroundings extends Surroundings {
  /** Folders searched for names: the home, then what is bundled. */
  readonly homes: readonly string[];
  /** Whether people sign in. */
  readonly authEnabled: boolean;
  /** What the first administrator types in. */
  readonly setupCode: () => string;
}

// Until the database is started its address is not known, and both readers insist on one.
const anyDatabase = 'postgresql://localhost/bancada';

/**
 * @throws BancadaError INVALID_INPUT for a wrong variable, STORE_FAILED for a home that cannot be written,
 *   CAPABILITY_MISSING for a port that is taken.
 */
export async function readSurroundings(
  variables: NodeJS.ProcessEnv,
  root: string,
): Promise<WholeSurroundings> {
  const bundled = path.join(root, 'data');
  const home = path.resolve(variables.INIT_CWD ?? root, variables.BANCADA_HOME || bundled);
  const { DATABASE_URL = anyDatabase } = variables;
  const { host, port, authEnabled, secrets }: Env = readEnv({
    ...variables,
    DATABASE_URL,
    BANCADA_HOME: home,
  });
  readEnvironment({ ...variables, DATABASE_URL, BANCADA_HOME: home });
  makeWritable(home);
  await checkPort(host, port);
  return {
    home,
    homes: home === bundled ? [home] : [home, bundled],
    host,
    port,
    authEnabled,
    setupCode: () => setupCode(secrets),
  };
}

function makeWritable(home: string): void {
  try {
    mkdirSync(path.join(home, 'logs'), { recursive: true });
    accessSync(home, constants.W_OK);
  } catch (cause) {
    throw new BancadaError('STORE_FAILED', 'the home cannot be written', {
      key: 'BANCADA_HOME',
      value: home,
      hint: 'Set BANCADA_HOME to a folder that this user may write',
      cause,
    });
  }
}

function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'the port is taken' : `cannot listen there (${cause.code})`;
      reject(
        new BancadaError('CAPABILITY_MISSING', why, {
          key: 'PORT',
          value: `${host}:${port}`,
          hint: `Is Bancada running already? Otherwise choose another port: PORT=${port + 1} npm start`,
          cause,
        }),
      );
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}
