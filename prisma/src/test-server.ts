// Vitest's global set-up: one Postgres server for the run and a template with every table. Worker and api name this file too.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';

/** Environment variable by which test processes find the server. */
export const testServerVariable = 'BANCADA_TEST_SERVER';

/** Name of the database that tests clone. */
export const templateName = 'bancada_template';

let server: EmbeddedPostgres | undefined;
let home: string | undefined;

/** Starts the server and makes the template. About 1.5 s. */
export async function setup(): Promise<void> {
  home = mkdtempSync(path.join(tmpdir(), 'bancada-test-'));
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
