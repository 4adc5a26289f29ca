// A landing file holds what was written, tells its growth, and leaves no garbage behind for a collection of the whole heap.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLandingFile } from './landing-file.ts';

interface GcEntry {
  readonly detail: { readonly kind: number };
}

const MiB = 1 << 20;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bancada-landing-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('chunks of any size become the file, in order', async () => {
  const file = path.join(folder, 'chunks');
  const bytes = randomBytes(5 * MiB + 17);
  const landing = await createLandingFile(file);
  const grown: number[] = [];
  landing.onGrown = (size) => grown.push(size);
  const sizes = [1, 65_536, MiB, 2 * MiB + 5, 100, bytes.length];
  let at = 0;
  for (const size of sizes) {
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    await landing.write(chunk);
    // It was copied: who wrote it may use it again.
    chunk.fill(0);
    at += size;
  }
  expect(await landing.end()).toBe(bytes.length);
  await landing.sync();
  await landing.close();
  expect((await readFile(file)).equals(bytes)).toBe(true);
  expect(grown).toEqual([MiB, 2 * MiB, 3 * MiB, 4 * MiB, 5 * MiB, bytes.length]);
  await expect(createLandingFile(file)).rejects.toThrow(/EEXIST/);
});

test('a large body does not cost a collection of the whole heap for every 32 MiB', async () => {
  const kinds: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) kinds.push((entry as unknown as GcEntry).detail.kind);
  });
  observer.observe({ entryTypes: ['gc'] });
  const landing = await createLandingFile(path.join(folder, 'large'));
  for (let n = 0; n < 512 * 16; n += 1) await landing.write(Buffer.allocUnsafeSlow(MiB / 16));
  expect(await landing.end()).toBe(512 * MiB);
  await landing.close();
  await new Promise((resolve) => setImmediate(resolve));
  observer.disconnect();
  const whole = kinds.filter((kind) => kind === constants.NODE_PERFORMANCE_GC_MAJOR).length;
  expect(whole).toBeLessThan(4);
}, 60_000);
