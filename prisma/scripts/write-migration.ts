// Prints the SQL that brings the migrations we have up to schema.prisma: the body of the next migration. Needs no network.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/embedded-postgres.ts';
import { migrate } from '../src/migrate.ts';
import { createPool } from '../src/pool.ts';
import { schemaDiff } from '../src/schema-diff.ts';

const home = mkdtempSync(join(tmpdir(), 'bancada-migration-'));
chmodSync(home, 0o755);
const server = await startEmbeddedPostgres({ home });
const pool = createPool(server.url);
try {
  await migrate(pool);
  console.log((await schemaDiff(server.url)) || '-- nothing to do');
} finally {
  await pool.end();
  await server.stop();
  rmSync(home, { recursive: true });
}
