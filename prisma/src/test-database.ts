// Databases for tests: one server for the whole run (test-server.ts), one database a test file, cloned from a template.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PrismaClient } from '../generated/client.ts';
import { createPrismaClient } from './client.ts';
import { createPool } from './pool.ts';
import { setup, teardown, templateName, testServerVariable } from './test-server.ts';

/** A database of a test's own, with every table. */
export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  /** Closes pool and client, and drops the database. */
  close(): Promise<void>;
}

/** Clones the template in some 50 ms. Where no global set-up has started a server, starts one that ends with `close`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const shared = process.env[testServerVariable];
  if (shared === undefined) await setup();
  const server = shared ?? process.env[testServerVariable] ?? '';
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name} template ${templateName}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = createPool(url.href);
  const prisma = createPrismaClient(pool);
  return {
    url: url.href,
    pool,
    prisma,
    async close() {
      await prisma.$disconnect();
      await pool.end();
      await administer(server, `drop database ${name} with (force)`);
      if (shared === undefined) await teardown();
    },
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
