// Databases for tests: one server for the whole run, one database a test file, cloned from a template.
import type { Pool } from 'pg';
import type { PrismaClient } from '../generated/client.ts';

/** A database of a test's own, with every table. */
export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  /** Closes pool and client, and drops the database. */
  close(): Promise<void>;
}

/** Takes milliseconds but for the first call on a machine, which starts the server. */
export async function createTestDatabase(): Promise<TestDatabase> {
  throw new Error('not there yet');
}
