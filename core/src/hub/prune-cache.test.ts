// The cache of the hub within its bounds: what is not used goes, what is used or shared stays, and what went comes again.
import { existsSync, linkSync, readdirSync, utimesSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHub } from './hub.ts';
import { pruneHubCache, sizeOfHubCache } from './prune-cache.ts';
import { startTestHub, type TestHub } from './test-hub.ts';

const day = 24 * 60 * 60_000;
const names = ['old', 'middle', 'new'];
const bounds = { mostBytes: 1e9, unusedMs: 30 * day };
let server: TestHub;
let directory: string;

beforeEach(async () => {
  server = await startTestHub(
    names.map((name) => ({
      type: 'dataset',
      name: `acme/${name}`,
      files: { 'a.bin': name[0]?.repeat(1_000) ?? '', 'README.md': '# x' },
    })),
  );
  directory = await mkdtemp(path.join(tmpdir(), 'bancada-cache-'));
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

/** The file of a repository, fetched or found. */
async function fetched(name: string): Promise<string> {
  const network = { allow: [], loopback: true };
  const hub = openHub({ endpoint: server.endpoint, network, cacheDirectory: directory, retryDelayMs: 5 });
  const repository = { type: 'dataset', name: `acme/${name}` } as const;
  const commit = await hub.resolve(repository);
  const file = (await hub.list(repository, commit)).find((one) => one.path === 'a.bin');
  if (file === undefined) throw new Error('not listed');
  return hub.download(repository, commit, file);
}

/** All three, last used so many days ago. */
async function filled(...days: readonly number[]): Promise<string[]> {
  const files = [];
  for (const [index, name] of names.entries()) {
    const file = await fetched(name);
    const at = new Date(Date.now() - (days[index] ?? 0) * day);
    utimesSync(await realpath(file), at, at);
    files.push(file);
  }
  return files;
}

test('what was not used for a month goes, with its folder; a use counts', async () => {
  const [old, middle] = await filled(40, 40, 10);
  await fetched('middle');
  expect(await pruneHubCache(directory, bounds)).toEqual({ files: 1, bytes: 1_000 });
  expect(readdirSync(directory).toSorted()).toEqual(['datasets--acme--middle', 'datasets--acme--new']);
  expect([existsSync(old ?? ''), existsSync(middle ?? '')]).toEqual([false, true]);
  expect(await readFile(await fetched('old'), 'utf8')).toBe('o'.repeat(1_000));
});

test('over its size the oldest go first, and nothing of the last hour', async () => {
  await filled(3, 2, 0);
  expect(await sizeOfHubCache(directory)).toEqual({ files: 3, bytes: 3_000 });
  expect(await pruneHubCache(directory, { ...bounds, mostBytes: 2_500 })).toEqual({ files: 1, bytes: 1_000 });
  expect(await pruneHubCache(directory, { ...bounds, mostBytes: 0 })).toEqual({ files: 1, bytes: 1_000 });
  expect(readdirSync(directory)).toEqual(['datasets--acme--new']);
});

test('weights that a model holds too take no room here', async () => {
  const [old] = await filled(3, 2, 2);
  const weights = path.join(directory, 'weights');
  linkSync(await realpath(old ?? ''), weights);
  expect(await pruneHubCache(directory, { ...bounds, mostBytes: 2_000 })).toEqual({ files: 0, bytes: 0 });
  expect(await sizeOfHubCache(directory)).toEqual({ files: 3, bytes: 2_000 });
});

test('where there is no cache there is nothing to do', async () => {
  expect(await pruneHubCache(path.join(directory, 'none'), bounds)).toEqual({ files: 0, bytes: 0 });
});
