// The bundled Postgres server: started for a home, reused while it runs, recovered after a crash.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError } from '@bancada/core/errors';
import pg from 'pg';
import { PostgresCluster } from './postgres-cluster.ts';

/** Where the server keeps its data, and who hears what it does. */
export interface EmbeddedPostgresOptions {
  /** Data go to `<home>/postgres`; the port is kept there, so that it stays the same. */
  readonly home: string;
  /** One line for each thing that takes time or went wrong. */
  readonly log?: ((line: string) => void) | undefined;
  /** Settings of postgresql.conf beyond our own. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/** A running server. */
export interface EmbeddedPostgres {
  /** With user and password; the database `bancada` exists. */
  readonly url: string;
  /** Where its data are: `<home>/postgres`, or a place that the server's user may enter. */
  readonly folder: string;
  /** Shuts the server down, unless another process has started it too and still lives. Safe to call twice. */
  stop(): Promise<void>;
}

// A crashed server's children hold its memory for a moment; one that is stopping needs to finish; recovery after a crash takes its time.
const startDeadlineMs = 60_000;

/**
 * Starts the server of a home, or joins it when it runs. It outlives a crash of this process, and the next start joins it again.
 * @throws BancadaError when the folder cannot be used by the server's user, or the server does not start.
 */
export async function startEmbeddedPostgres({
  home,
  log = () => {},
  settings = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await PostgresCluster.open(path.resolve(home, 'postgres'));
  if (!cluster.exists()) {
    log(`making a database in ${cluster.folder}`);
    await cluster.create(randomBytes(24).toString('hex'));
  }
  cluster.join();
  const url = await up(cluster, settings, log);
  let stopping: Promise<void> | undefined;
  return {
    url,
    folder: cluster.folder,
    stop: () => {
      stopping ??= cluster.leave() ? cluster.stop() : Promise.resolve();
      return stopping;
    },
  };
}

async function up(
  cluster: PostgresCluster,
  settings: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<string> {
  const deadline = Date.now() + startDeadlineMs;
  while (true) {
    try {
      if (!cluster.isRunning()) await cluster.start(settings);
      const url = cluster.url();
      await ensureDatabase(url);
      return url;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (Date.now() > deadline) {
        cluster.leave();
        throw new BancadaError('STORE_FAILED', `the database server did not start: ${error.message}`, {
          file: cluster.logFile,
          hint: 'Its log says why',
          cause: error,
        });
      }
      log(`the database server is not ready (${error.message.split('\n')[0]}), trying again`);
      await sleep(250);
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const target = new URL(url);
  const database = target.pathname.slice(1);
  target.pathname = '/postgres';
  const client = new pg.Client({ connectionString: target.href, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}
