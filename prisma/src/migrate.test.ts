// The tables are those of schema.prisma, and migrating again changes nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { schemaDiff } from './schema-diff.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it('makes what schema.prisma says', async () => {
  expect(await schemaDiff(database.url)).toBe('');
});

it('does nothing the second time, nor when several start at once', async () => {
  const runs = await Promise.all([1, 2, 3].map(() => migrate(database.pool)));
  expect(runs).toEqual([{ applied: [] }, { applied: [] }, { applied: [] }]);
});

it('refuses a migration whose file has changed since', async () => {
  await database.pool.query(
    `update _prisma_migrations set checksum = 'x' where migration_name = '0001_init'`,
  );
  await expect(migrate(database.pool)).rejects.toThrow(
    'the migration 0001_init has changed since it was applied',
  );
});
