// The API as a container runs it: the tables brought to this version and the bundled data registered first.
import path from 'node:path';
import { createPool, createPrismaClient, migrate, seed } from '../../prisma/src/index.ts';

const url = process.env.DATABASE_URL;
if (url === undefined) {
  console.error(
    'DATABASE_URL is not set: it names the Postgres database, e.g. postgresql://user:password@host:5432/bancada',
  );
  process.exit(2);
}
const bundled = path.resolve(import.meta.dirname, '../../data');
const home = path.resolve(process.env.BANCADA_HOME ?? bundled);
const pool = createPool(url);
const prisma = createPrismaClient(url);
await migrate(pool);
await seed(prisma, home === bundled ? [home] : [home, bundled]);
await prisma.$disconnect();
await pool.end();
await import('../../api/src/main.ts');
