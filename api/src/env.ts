// Environment variables of the API: read once, checked, then plain values.
import path from 'node:path';
import { BancadaError, BancadaErrors } from '@bancada/core';
import {
  givenVariables,
  maskedAddress,
  readSharedEnvironment,
  type SharedEnvironment,
} from '@bancada/prisma';
import { z } from 'zod';
import { type AskedNames, hostName } from './asked-host.ts';
import { TrustedProxies } from './auth/caller.ts';

const bundledHome = path.resolve(import.meta.dirname, '../../data');
const loopback = ['127.0.0.1', '::1', 'localhost'];

function asList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function areRanges(entries: readonly string[]): boolean {
  try {
    return new TrustedProxies(entries) !== undefined;
  } catch {
    return false;
  }
}

const schema = z.object({
  DATABASE_URL: z.string('the address of a Postgres database').regex(/^postgres(ql)?:\/\//, 'postgresql://…'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  BANCADA_HOME: z.string().min(1).optional(),
  INIT_CWD: z.string().optional(),
  BANCADA_AUTH: z.enum(['off', 'on'], 'off or on').default('off'),
  BANCADA_ALLOW_OPEN: z.enum(['0', '1']).default('0'),
  BANCADA_HOSTS: z
    .string()
    .transform(asList)
    .refine((entries) => entries.every((entry) => entry === '*' || hostName(entry) !== undefined), {
      error: 'names and addresses without scheme or port, e.g. bench.lan,10.0.0.5, or * for any',
    })
    .optional(),
  BANCADA_RUNS_PER_USER: z.coerce.number('a whole number from 1').int().min(1).optional(),
  BANCADA_TRUSTED_PROXIES: z.string().default('127.0.0.0/8,::1').transform(asList).refine(areRanges, {
    error: 'addresses and CIDR ranges, e.g. 127.0.0.1,172.16.0.0/12',
  }),
  BANCADA_UPLOAD_LIMIT: z
    .string()
    .regex(/^[1-9]\d{0,14}([KMGT]iB)?$/, 'bytes, or a number with KiB, MiB, GiB or TiB')
    .default('4GiB')
    .transform(bytesOf),
  METRICS_TOKEN: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** What the API is told by its surroundings. */
export interface Env extends SharedEnvironment {
  readonly databaseUrl: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Folders searched for names, the user's first, then what is bundled. */
  readonly homes: readonly string[];
  readonly indexDirectory: string;
  /** Whether people sign in; else everybody who reaches the address is the local administrator. */
  readonly authEnabled: boolean;
  /** What the `Host` of a request may be besides loopback, while nobody signs in; undefined for anything. */
  readonly names: AskedNames;
  /** Addresses and CIDR ranges whose X-Forwarded-For and X-Forwarded-Proto are believed. */
  readonly trustedProxies: readonly string[];
  /** Of one uploaded file, unpacked, in bytes. */
  readonly uploadLimit: number;
  /** Bearer token that `/metrics` asks for; undefined leaves it open. */
  readonly metricsToken: string | undefined;
  /** Most runs of one user that wait or run at a time; undefined for any number. */
  readonly runsPerUser: number | undefined;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  /** Reads a secret by the name of its variable (`api_key_env`). */
  readonly secret: (name: string) => string | undefined;
}

/**
 * Reads and checks the variables of the API.
 * @throws BancadaErrors INVALID_INPUT naming each wrong variable, its value and what is allowed.
 */
export function readEnv(surroundings: NodeJS.ProcessEnv = process.env): Env {
  const variables = givenVariables(surroundings);
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    throw new BancadaErrors(
      parsed.error.issues.map((issue) => {
        const key = String(issue.path[0]);
        const given = variables[key];
        const value = key === 'DATABASE_URL' && given !== undefined ? maskedAddress(given) : given;
        return wrong(key, value, issue.message);
      }),
    );
  }
  const env = parsed.data;
  const authEnabled = env.BANCADA_AUTH === 'on';
  if (!authEnabled && !loopback.includes(env.HOST) && env.BANCADA_ALLOW_OPEN !== '1') {
    throw new BancadaErrors([
      wrong('HOST', env.HOST, `${loopback.join(', ')} while authentication is off`, openHint),
    ]);
  }
  const home = env.BANCADA_HOME ? path.resolve(env.INIT_CWD ?? process.cwd(), env.BANCADA_HOME) : bundledHome;
  return {
    ...readSharedEnvironment(variables, home),
    databaseUrl: env.DATABASE_URL,
    port: env.PORT,
    host: env.HOST,
    homes: home === bundledHome ? [home] : [home, bundledHome],
    indexDirectory: path.join(home, 'indexes'),
    authEnabled,
    names: authEnabled ? undefined : askedNames(env),
    trustedProxies: env.BANCADA_TRUSTED_PROXIES,
    uploadLimit: env.BANCADA_UPLOAD_LIMIT,
    metricsToken: env.METRICS_TOKEN,
    runsPerUser: env.BANCADA_RUNS_PER_USER,
    logLevel: env.LOG_LEVEL,
    secret: (name) => variables[name],
  };
}

// Where the operator guards the address anyway, names are left to them too, unless they list some.
function askedNames({ BANCADA_HOSTS, BANCADA_ALLOW_OPEN }: z.infer<typeof schema>): AskedNames {
  if (BANCADA_HOSTS === undefined) return BANCADA_ALLOW_OPEN === '1' ? undefined : [];
  return BANCADA_HOSTS.includes('*') ? undefined : BANCADA_HOSTS.flatMap((entry) => hostName(entry) ?? []);
}

function bytesOf(text: string): number {
  const unit = ['KiB', 'MiB', 'GiB', 'TiB'].indexOf(text.slice(-3));
  return Number.parseInt(text, 10) * 1024 ** (unit + 1);
}

const openHint =
  'Anybody who reaches this address could start runs and read every result: set BANCADA_AUTH=on, or BANCADA_ALLOW_OPEN=1 where something else guards the address';

function wrong(key: string, value: unknown, allowed: string, hint?: string): BancadaError {
  return new BancadaError('INVALID_INPUT', 'wrong environment variable', { key, value, allowed, hint });
}
