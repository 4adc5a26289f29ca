// The hub against a server that speaks its interface: revisions, lists, redirects, ranges, refusals, broken bodies, no network.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Hub, openHub } from './hub.ts';
import type { HubOptions } from './hub-options.ts';
import { startTestHub, type TestHub, type TestRepository } from './test-hub.ts';

const large = new Uint8Array(300_000).map((_, index) => index % 251);
const squad: TestRepository = {
  type: 'dataset',
  name: 'acme/squad',
  files: { 'README.md': '# Squad', 'data/test.jsonl': '{"a":1}\n', 'data/train.bin': large },
};
const secret: TestRepository = { type: 'model', name: 'acme/gated', files: { 'a.txt': 'a' }, token: 't0k' };

let server: TestHub;
let directory: string;
const dataset = { type: 'dataset', name: 'acme/squad' } as const;

beforeEach(async () => {
  server = await startTestHub([squad, secret]);
  directory = await mkdtemp(path.join(tmpdir(), 'bancada-hub-'));
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

function open(options: Partial<HubOptions> = {}): Hub {
  const network = { allow: [], loopback: true };
  return openHub({
    endpoint: server.endpoint,
    network,
    cacheDirectory: directory,
    retryDelayMs: 5,
    ...options,
  });
}

async function fetchLarge(hub: Hub, seen: number[] = []): Promise<string> {
  const commit = await hub.resolve(dataset);
  const files = await hub.list(dataset, commit);
  const file = files.find(({ path: name }) => name === 'data/train.bin');
  if (!file) throw new Error('not listed');
  return hub.download(dataset, commit, file, { onBytes: (bytes) => seen.push(bytes) });
}

test('a branch becomes a commit, its files are listed over pages, one is downloaded through the redirect', async () => {
  const hub = open();
  const commit = await hub.resolve(dataset);
  expect(commit).toBe(server.commitOf(squad));
  const files = await hub.list(dataset, commit);
  expect(files.map(({ path: name, size }) => [name, size])).toEqual([
    ['README.md', 7],
    ['data/test.jsonl', 8],
    ['data/train.bin', large.byteLength],
  ]);
  const seen: number[] = [];
  const file = await fetchLarge(hub, seen);
  expect(file).toBe(path.join(directory, 'datasets--acme--squad', 'snapshots', commit, 'data', 'train.bin'));
  expect(await readFile(file)).toEqual(Buffer.from(large));
  expect(seen.at(-1)).toBe(large.byteLength);
});

test('a file in the cache is not asked for again; another revision with the same bytes shares them', async () => {
  await fetchLarge(open());
  const before = server.requests.length;
  await fetchLarge(open());
  expect(server.requests.slice(before).map(({ path: asked }) => asked)).toEqual([
    '/api/datasets/acme/squad/revision/main',
  ]);
});

test('a body that breaks off goes on with a range, within a download and in the next one', async () => {
  server.fail('train.bin', { type: 'cut', bytes: 100_000 }, { type: 'cut', bytes: 50_000 });
  const file = await fetchLarge(open());
  expect(await readFile(file)).toEqual(Buffer.from(large));
  const ranges = server.requests.filter(({ host }) => host === 'cdn').map(({ range }) => range);
  expect(ranges).toHaveLength(3);
  expect(ranges[0]).toBeUndefined();
  expect(ranges[2]).toMatch(/^bytes=\d+-$/);
});

test('an aborted download leaves its bytes, and the next one goes on from them', async () => {
  server.slowDown(20);
  const hub = open();
  const commit = await hub.resolve(dataset);
  const file = (await hub.list(dataset, commit)).find(({ path: name }) => name.endsWith('.bin'));
  if (!file) throw new Error('not listed');
  const stop = new AbortController();
  const first = hub.download(dataset, commit, file, {
    signal: stop.signal,
    onBytes: (bytes) => bytes > 150_000 && stop.abort(),
  });
  await expect(first).rejects.toThrow(/abort/i);
  server.slowDown(0);
  await hub.download(dataset, commit, file);
  expect(server.requests.at(-1)?.range).toMatch(/^bytes=\d+-$/);
});

test('429 is waited out by its Retry-After, 503 is tried again', async () => {
  server.fail(
    '/revision/main',
    { type: 'status', status: 429, retryAfter: 0 },
    { type: 'status', status: 503 },
  );
  expect(await open().resolve(dataset)).toBe(server.commitOf(squad));
  expect(server.requests).toHaveLength(3);
});

test('what keeps being refused says so', async () => {
  server.fail(
    '/revision/main',
    ...Array.from({ length: 5 }, () => ({ type: 'status', status: 429 }) as const),
  );
  await expect(open().resolve(dataset)).rejects.toThrow(/429.*set HF_TOKEN/);
});

test('bytes that are not those announced never appear', async () => {
  server.fail('train.bin', { type: 'wrong bytes' });
  await expect(fetchLarge(open())).rejects.toThrow(/not those that the hub announced/);
  expect(await readdir(path.join(directory, 'datasets--acme--squad', 'blobs'))).toEqual([]);
});

test('401 tells of HF_TOKEN; with it the repository opens, and the token goes nowhere else', async () => {
  const model = { type: 'model', name: 'acme/gated' } as const;
  await expect(open().resolve(model)).rejects.toThrow(/401.*HF_TOKEN/);
  expect(await open({ token: 't0k' }).resolve(model)).toBe(server.commitOf(secret));
  await fetchLarge(open({ token: 't0k' }));
  const cdn = server.requests.filter(({ host }) => host === 'cdn');
  expect(cdn.map(({ authorization }) => authorization)).toEqual([undefined]);
});

test('404 names the repository and the revision', async () => {
  const missing = { type: 'dataset', name: 'acme/none' } as const;
  await expect(open().resolve(missing)).rejects.toThrow(/no such data set.*acme\/none@main/);
  await expect(open().resolve(dataset, 'v9')).rejects.toThrow(/acme\/squad@v9/);
});

test('without a network, what was read once is there, and what was not says so', async () => {
  const file = await fetchLarge(open());
  await server.close();
  expect(await fetchLarge(open())).toBe(file);
  await expect(open().resolve(dataset, 'v2')).rejects.toThrow(/cannot be reached/);
  server = await startTestHub([]);
});

test.each(['../../etc', 'a/b/c', 'acme/..', 'a b', ''])(
  'security: paths: the repository %j is refused',
  async (name) => {
    await expect(open().resolve({ type: 'dataset', name })).rejects.toThrow(/not the name of a repository/);
    expect(server.requests).toEqual([]);
  },
);

test('security: paths: a file that the hub names outside its repository is refused', async () => {
  const evil: TestRepository = { type: 'dataset', name: 'acme/evil', files: { '../../../evil.txt': 'x' } };
  server.put(evil);
  const hub = open();
  const commit = await hub.resolve(evil);
  await expect(hub.list(evil, commit)).rejects.toThrow(/leads out of its repository/);
});

test('security: SSRF: of the hub: a redirect to a private address is not followed', async () => {
  server.fail('train.bin', { type: 'redirect', to: 'http://169.254.169.254/latest/meta-data' });
  await expect(fetchLarge(open())).rejects.toThrow(/this address is not allowed/);
});
