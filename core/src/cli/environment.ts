// The one place where the library's command line reads environment variables: parsed once, checked, then plain values.
import path from 'node:path';
import { z } from 'zod';
import { BancadaError, BancadaErrors } from '../errors.ts';

const bundledHome = path.resolve(import.meta.dirname, '../../../data');

const schema = z.object({
  BANCADA_HOME: z.string().min(1, 'a folder').optional(),
  INIT_CWD: z.string().optional(),
  BANCADA_DISK_RESERVE_MB: z.coerce
    .number('a whole number of mebibytes, 0 or more')
    .int('a whole number of mebibytes, 0 or more')
    .min(0, 'a whole number of mebibytes, 0 or more')
    .default(512),
  NO_COLOR: z.string().optional(),
});

/** What a command may know of its surroundings. */
export interface Environment {
  /** The user's home for models, data and indexes. */
  readonly home: string;
  /** Folders searched for names, the user's first, then what is bundled. */
  readonly homes: readonly string[];
  /** The folder in which the user typed the command. */
  readonly workingDirectory: string;
  readonly colour: boolean;
  /** Bytes that stay free on the disk of the home: with less, workers pause their runs. */
  readonly diskReserveBytes: number;
  /** Reads a secret by the name of its variable (`api_key_env`). */
  readonly secret: (name: string) => string | undefined;
}

/**
 * Reads and checks the variables of contract.md §2 that the command line uses.
 * @throws BancadaErrors INVALID_INPUT naming each wrong variable, its value and what is allowed.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    throw new BancadaErrors(
      parsed.error.issues.map((issue) => {
        const key = String(issue.path[0]);
        return new BancadaError('INVALID_INPUT', 'wrong environment variable', {
          key,
          value: variables[key],
          allowed: issue.message,
        });
      }),
    );
  }
  // npm runs scripts in the package's folder and tells in INIT_CWD where the user stood.
  const workingDirectory = parsed.data.INIT_CWD ?? process.cwd();
  const home = parsed.data.BANCADA_HOME
    ? path.resolve(workingDirectory, parsed.data.BANCADA_HOME)
    : bundledHome;
  return {
    home,
    homes: home === bundledHome ? [home] : [home, bundledHome],
    workingDirectory,
    diskReserveBytes: parsed.data.BANCADA_DISK_RESERVE_MB * 1024 ** 2,
    colour: process.stdout.isTTY === true && parsed.data.NO_COLOR === undefined,
    secret: (name) => variables[name],
  };
}
