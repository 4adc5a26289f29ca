// Prisma's client over one pool of connections.
import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { PrismaClient } from '../generated/client.ts';

/** Connects on the first query. Given a pool (see `createPool`), the client shares it and leaves it open at `$disconnect`. */
export function createPrismaClient(database: string | Pool): PrismaClient {
  const adapter = new PrismaPg(typeof database === 'string' ? { connectionString: database } : database);
  return new PrismaClient({ adapter });
}
