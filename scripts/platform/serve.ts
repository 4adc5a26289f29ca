// The API as a container runs it: the tables brought to this version and the bundled data registered first.
import path from 'node:path';
import { BancadaError } from '../../core/src/errors.ts';
import { createPool, createPrismaClient, migrate, reachDatabase, seed } from '../../prisma/src/index.ts';

// A database that starts beside this container.
const databasePatienceMs = 10_000;

async function prepare(url: string): Promise<void> {
  const bundled = path.resolve(import.meta.dirname, '../../data');
  const home = path.resolve(process.env.BANCADA_HOME ?? bundled);
  await reachDatabase(url, databasePatienceMs);
  const pool = createPool(url);
  const prisma = createPrismaClient(url);
  await migrate(pool);
  await seed(prisma, home === bundled ? [home] : [home, bundled]);
  await prisma.$disconnect();
  await pool.end();
}

const url = process.env.DATABASE_URL;
if (url === undefined) {
  console.error(
    'DATABASE_URL is not set: it names the Postgres database, e.g. postgresql://user:password@host:5432/bancada',
  );
  process.exit(2);
}
try {
  await prepare(url);
} catch (thrown) {
  if (!(thrown instanceof BancadaError)) throw thrown;
  console.error(thrown.message);
  process.exit(2);
}
await import('../../api/src/main.ts');
