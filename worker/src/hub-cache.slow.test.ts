// A real worker over a home whose caches of the hub are over their bound: they are within it, and the database tells their size.
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { startWorker } from './fixture/worker-process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const mebibyte = 1024 ** 2;

it('keeps the newest that fit, over both caches', async () => {
  using home = makeExampleHome(1);
  const blob = (cache: string, name: string, days: number) => {
    const folder = path.join(home.folder, cache, `models--acme--${name}`, 'blobs');
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, name);
    writeFileSync(file, Buffer.alloc(2 * mebibyte));
    const at = new Date(Date.now() - days * 24 * 60 * 60_000);
    utimesSync(file, at, at);
    return file;
  };
  const [old, kept, data] = [blob('hub', 'old', 3), blob('hub', 'kept', 1), blob('cache/hub', 'data', 2)];
  await using _worker = await startWorker(database, home.folder, { BANCADA_HUB_CACHE_MB: '3' });
  await vi.waitFor(
    async () => {
      const [worker] = await database.prisma.worker.findMany();
      expect(worker?.hubCacheBytes).toBe(2 * mebibyte);
    },
    { timeout: 10_000 },
  );
  expect([old, kept, data].map((file) => existsSync(file))).toEqual([false, true, false]);
}, 60_000);
