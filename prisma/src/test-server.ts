// Vitest's global set-up: one Postgres server for the run and a template with every table. Worker and api name this file too.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';
import { PostgresCluster } from './postgres-cluster.ts';

/** Environment variable by which test processes find the server. */
export const testServerVariable = 'BANCADA_TEST_SERVER';

/** Name of the database that tests clone. */
export const templateName = 'bancada_template';

const prefix = 'bancada-test-';

let server: EmbeddedPostgres | undefined;
let home: string | undefined;

/** Starts the server and makes the template. About 1.5 s. */
export async function setup(): Promise<void> {
  await removeAbandoned();
  home = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  // The server's user must be able to enter.
  chmodSync(home, 0o755);
  // Tests need no durability.
  server = await startEmbeddedPostgres({ home, settings: { fsync: 'off', max_connections: '200' } });
  await makeTemplate(server.url);
  process.env[testServerVariable] = server.url;
}

/** Stops the server and removes its data. */
export async function teardown(): Promise<void> {
  await server?.stop();
  if (home) rmSync(home, { recursive: true, force: true });
  delete process.env[testServerVariable];
}

/** Stops and removes the servers of runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    // Other tests name their folders alike, without a process.
    const pid = Number(/^bancada-test-(\d+)-/.exec(name)?.[1] ?? 0);
    if (pid === 0 || isAlive(pid)) continue;
    const folder = path.join(tmpdir(), name);
    await (await PostgresCluster.open(path.join(folder, 'postgres'))).stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${templateName}`);
  const target = new URL(url);
  target.pathname = `/${templateName}`;
  const pool = createPool(target.href);
  await migrate(pool);
  await pool.end();
  await client.query(`alter database ${templateName} is_template true allow_connections false`);
  await client.end();
}
