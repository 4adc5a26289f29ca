// The one place where the worker reads environment variables: parsed once, checked, then plain values.
import path from 'node:path';
import { BancadaError, BancadaErrors, type SecretLookup } from '@bancada/core';
import {
  givenVariables,
  maskedAddress,
  readSharedEnvironment,
  type SharedEnvironment,
} from '@bancada/prisma';
import { z } from 'zod';

const bundledHome = path.resolve(import.meta.dirname, '../../data');

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'postgresql://user:password@host:port/database'),
  BANCADA_HOME: z.string().min(1, 'a folder').optional(),
  BANCADA_WORKER_CONCURRENCY: z.coerce
    .number('a whole number from 1 to 256')
    .int('a whole number from 1 to 256')
    .min(1, 'a whole number from 1 to 256')
    .max(256, 'a whole number from 1 to 256')
    .default(4),
  BANCADA_WORKER_LABELS: list
    .pipe(z.array(z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'names such as gpu,big-memory')))
    .default([]),
  BANCADA_PUSH_CONTACT: z
    .string()
    .regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, 'mailto:somebody@example.org or https://…')
    .default('mailto:bancada@example.org'),
  BANCADA_DISK_RESERVE_MB: z.coerce
    .number('a whole number of mebibytes, 0 or more')
    .int('a whole number of mebibytes, 0 or more')
    .min(0, 'a whole number of mebibytes, 0 or more')
    .default(512),
  BANCADA_RUNS_PER_USER: z.coerce
    .number('a whole number from 1')
    .int('a whole number from 1')
    .min(1, 'a whole number from 1')
    .optional(),
  BANCADA_HUB_CACHE_MB: z.coerce
    .number('a whole number of mebibytes, 0 or more')
    .int('a whole number of mebibytes, 0 or more')
    .min(0, 'a whole number of mebibytes, 0 or more')
    .default(10_240),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
});

/** What the worker may know of its surroundings. */
export interface Environment extends SharedEnvironment {
  readonly databaseUrl: string;
  /** Folders searched for names, the user's first, then what is bundled. */
  readonly homes: readonly string[];
  /** Where built indexes are kept between runs. */
  readonly indexDirectory: string;
  /** Evaluations of remote endpoints that run side by side. */
  readonly concurrency: number;
  /** What this worker offers: jobs that need another label are left to others. */
  readonly labels: readonly string[];
  /** Whom a push service writes to when it has a question: `mailto:` or `https:` (RFC 8292). */
  readonly pushContact: string;
  /** Bytes that stay free on the disk of the home: with less, runs pause. */
  readonly diskReserveBytes: number;
  /** Runs of one user that may wait or run at a time, those of schedules included; undefined for any number. */
  readonly runsPerUser: number | undefined;
  /** Bytes that files of the Hugging Face Hub may take in the caches of the home, beside what models and data sets hold. */
  readonly hubCacheBytes: number;
  readonly logLevel: string;
  /** Reads a secret by the name of its variable (`api_key_env`). */
  readonly secret: SecretLookup;
}

/**
 * Reads and checks the variables of contract.md §2 that the worker uses.
 * @throws BancadaErrors INVALID_INPUT naming each wrong variable, its value and what is allowed.
 */
export function readEnvironment(surroundings: NodeJS.ProcessEnv = process.env): Environment {
  const variables = givenVariables(surroundings);
  const parsed = schema.safeParse(variables);
  if (!parsed.success) throw new BancadaErrors(parsed.error.issues.map((issue) => faultOf(issue, variables)));
  const { data } = parsed;
  const home = data.BANCADA_HOME === undefined ? bundledHome : path.resolve(data.BANCADA_HOME);
  return {
    ...readSharedEnvironment(variables, home),
    databaseUrl: data.DATABASE_URL,
    homes: home === bundledHome ? [home] : [home, bundledHome],
    indexDirectory: path.join(home, 'indexes'),
    concurrency: data.BANCADA_WORKER_CONCURRENCY,
    labels: data.BANCADA_WORKER_LABELS,
    pushContact: data.BANCADA_PUSH_CONTACT,
    diskReserveBytes: data.BANCADA_DISK_RESERVE_MB * 1024 ** 2,
    runsPerUser: data.BANCADA_RUNS_PER_USER,
    hubCacheBytes: data.BANCADA_HUB_CACHE_MB * 1024 ** 2,
    logLevel: data.LOG_LEVEL,
    secret: (name) => variables[name],
  };
}

function faultOf(issue: z.core.$ZodIssue, variables: NodeJS.ProcessEnv): BancadaError {
  const key = String(issue.path[0]);
  const given = variables[key];
  const value = key === 'DATABASE_URL' && given !== undefined ? maskedAddress(given) : given;
  const allowed = value === undefined ? 'postgresql://user:password@host:port/database' : issue.message;
  return new BancadaError('INVALID_INPUT', 'wrong environment variable', { key, value, allowed });
}
