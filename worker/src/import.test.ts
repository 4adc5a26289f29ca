// Imports through a real worker process, from a server that speaks the hub's interface: resolved, downloaded, published, or refused.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { openDataset, startTestHub, type TestHub } from '@bancada/core';
import { createTestDatabase, type DatasetImport, enqueue, type TestDatabase } from '@bancada/prisma';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorker, type WorkerProcess } from './fixture/worker-process.ts';

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ question: `${n + from}+1`, answer: n + from + 1 }),
  ).join('\n');
const card = `---
license: cc-by-4.0
configs:
- config_name: main
  default: true
  data_files:
  - {split: train, path: main/train-*.jsonl}
  - {split: test, path: main/test.jsonl}
- config_name: hard
  data_files: [{split: test, path: hard/*.csv}]
---
# Sums
`;

// One column `a` of 1, 2 and 3, as hyparquet-writer writes it.
const parquetBytes = Buffer.from(
  'UEFSMRUGFRwVIFwVBhUAFQYVABUEFQAAAAMHDCwBAAAAAgAAAAMAAAAVBBksSARyb290FQIAFQIlAhgBYQAWBhkcGRwmCBwVAhkVABkYAWEVAhYGFkYWSiYIPDYAKAQDAAAAGAQBAAAAABkcFQYVABUCAAAAFkYWBjZKACgJaHlwYXJxdWV0GRwcAAAAZAAAAFBBUjE=',
  'base64',
);

let database: TestDatabase;
let hub: TestHub;
let home: string;
let worker: WorkerProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(path.join(tmpdir(), 'bancada-import-'));
  hub = await startTestHub([
    {
      type: 'dataset',
      name: 'acme/sums',
      files: {
        'README.md': card,
        'main/train-00000-of-00002.jsonl': rows(200),
        'main/train-00001-of-00002.jsonl': rows(100, 200),
        'main/test.jsonl': rows(50),
        'hard/test.csv': 'question,answer\n9+9,18\n',
      },
    },
    {
      type: 'dataset',
      name: 'acme/plain',
      files: { 'data/dev.jsonl.gz': new Uint8Array(gzipSync(rows(3))) },
    },
    { type: 'dataset', name: 'acme/script', files: { 'script.py': 'print()' } },
    {
      type: 'dataset',
      name: 'acme/script',
      files: { 'default/test/0000.parquet': parquetBytes },
      revisions: ['refs/convert/parquet'],
    },
    { type: 'dataset', name: 'acme/broken', files: { 'test.jsonl': '{"a":1}\n{"a":\n' } },
    { type: 'dataset', name: 'acme/closed', files: { 'test.jsonl': '{"a":1}' }, token: 'another' },
    { type: 'dataset', name: 'acme/large', files: { 'test.jsonl': rows(60_000) } },
  ]);
  worker = await startWorker(database, home, { HF_ENDPOINT: hub.endpoint, HF_TOKEN: 'hf_test' });
});
afterAll(async () => {
  await worker?.[Symbol.asyncDispose]();
  await hub?.close();
  await database?.close();
  await rm(home, { recursive: true, force: true });
});

async function begin(wanted: Partial<DatasetImport> & { repo: string; name: string }): Promise<string> {
  const { id } = await database.prisma.datasetImport.create({
    data: { revision: 'main', ...wanted } as never,
  });
  await enqueue(database.pool, 'import-dataset', { importId: id });
  return id;
}

async function until(id: string, holds: (row: DatasetImport) => boolean): Promise<DatasetImport> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const row = await database.prisma.datasetImport.findUniqueOrThrow({ where: { id } });
    if (holds(row)) return row;
    await sleep(50);
  }
  throw new Error(
    `still ${JSON.stringify(await database.prisma.datasetImport.findUnique({ where: { id } }), (_, value) => (typeof value === 'bigint' ? Number(value) : value))}: ${worker.output()}`,
  );
}

const ended = ({ status }: DatasetImport) => status !== 'QUEUED' && status !== 'RUNNING';

async function bring(
  wanted: Partial<DatasetImport> & { repo: string; name: string },
): Promise<DatasetImport> {
  return until(await begin(wanted), ended);
}

it('brings the default config of a repository: commit, splits of several files, licence, source', async () => {
  hub.fail('train-00001-of-00002.jsonl', { type: 'cut', bytes: 500 });
  hub.fail('/revision/main', { type: 'status', status: 429, retryAfter: 0 });
  const row = await bring({ repo: 'acme/sums', name: 'sums' });
  expect([row.status, row.error]).toEqual(['SUCCEEDED', null]);
  expect(row.commit).toMatch(/^[0-9a-f]{40}$/);
  expect(row.doneBytes).toBe(row.totalBytes);
  const dataset = await openDataset('sums', [home]);
  expect(dataset.splits.map((split) => [split.name, split.rows, split.files.length])).toEqual([
    ['train', 300, 2],
    ['test', 50, 1],
  ]);
  expect(dataset.licence).toBe('cc-by-4.0');
  expect(dataset.source).toBe(`${hub.endpoint}/datasets/acme/sums/tree/${row.commit}`);
  expect(await Array.fromAsync(dataset.rows('train'))).toHaveLength(300);
});

it('brings one config and one split; packed files are unpacked; the same again is the same version', async () => {
  expect((await bring({ repo: 'acme/sums', config: 'hard', name: 'sums-hard' })).status).toBe('SUCCEEDED');
  expect((await openDataset('sums-hard', [home])).splits).toMatchObject([{ name: 'test', rows: 1 }]);
  expect((await bring({ repo: 'acme/plain', name: 'plain' })).error).toBeNull();
  expect((await openDataset('plain', [home])).splits).toMatchObject([{ name: 'validation', rows: 3 }]);
  const first = await bring({ repo: 'acme/plain', name: 'plain' });
  const versions = await database.prisma.datasetVersion.count({ where: { dataset: { name: 'plain' } } });
  expect([first.status, versions]).toEqual(['SUCCEEDED', 1]);
});

it('takes the Parquet copy of the hub where a repository has only a program', async () => {
  const row = await bring({ repo: 'acme/script', name: 'script' });
  expect(row.error).toBeNull();
  expect((await openDataset('script', [home])).splits).toMatchObject([{ name: 'test', rows: 3 }]);
});

it('tells dashboards of its end in the transaction that writes it', async () => {
  const { id } = await bring({ repo: 'acme/plain', name: 'told' });
  const { rowCount } = await database.pool.query(
    `select 1 from "DatasetImport" import join "Activity" activity on activity.xmin = import.xmin
     where import.id = $1 and activity.kind = 'dataset.changed'`,
    [id],
  );
  expect(rowCount).toBe(1);
});

it('says what is wrong, and leaves nothing half-made', async () => {
  const errors = [];
  for (const wanted of [
    { repo: 'acme/none', name: 'x1' },
    { repo: 'acme/sums', name: 'x2', config: 'easy' },
    { repo: 'acme/sums', name: 'x3', split: 'dev' },
    { repo: 'acme/sums', name: 'x4', revision: 'v9' },
    { repo: 'acme/broken', name: 'x5' },
    { repo: 'acme/closed', name: 'x6' },
  ]) {
    const row = await bring(wanted);
    errors.push(`${row.status} ${row.error}`);
  }
  expect(errors).toEqual([
    expect.stringMatching(/^FAILED.*no such data set.*acme\/none@main/),
    expect.stringMatching(/^FAILED config: unknown config "easy".*allowed: main, hard/),
    expect.stringMatching(/^FAILED split: unknown split.*"dev".*allowed: train, test/),
    expect.stringMatching(/^FAILED.*acme\/sums@v9/),
    expect.stringMatching(/^FAILED test\.jsonl:2: is not valid JSON.*column 6/),
    expect.stringMatching(/^FAILED.*no access.*HF_TOKEN/),
  ]);
  expect((await readdir(path.join(home, 'datasets'))).filter((name) => name.startsWith('x'))).toEqual([]);
  expect(await readdir(path.join(home, 'staging'))).toEqual([]);
});

it('shows how far it is, stops when it is cancelled, and goes on from there when asked again', async () => {
  hub.slowDown(100);
  const id = await begin({ repo: 'acme/large', name: 'large' });
  const running = await until(id, ({ doneBytes }) => doneBytes > 200_000n);
  expect(running).toMatchObject({ status: 'RUNNING', step: 'test.jsonl' });
  await database.prisma.datasetImport.update({ where: { id }, data: { status: 'CANCELLED' } });
  await sleep(1_500);
  hub.slowDown(0);
  const before = hub.requests.length;
  const again = await bring({ repo: 'acme/large', name: 'large' });
  expect(again.status).toBe('SUCCEEDED');
  const ranges = hub.requests.slice(before).filter(({ host }) => host === 'cdn');
  expect(ranges.map(({ range }) => range)).toEqual([expect.stringMatching(/^bytes=[1-9]\d+-$/)]);
  expect((await database.prisma.datasetImport.findUnique({ where: { id } }))?.status).toBe('CANCELLED');
});

it('works from its cache without a network', async () => {
  const { commit } = await database.prisma.datasetImport.findFirstOrThrow({ where: { name: 'sums' } });
  await hub.close();
  const row = await bring({ repo: 'acme/sums', name: 'sums-again', revision: commit ?? '' });
  expect([row.status, row.error]).toEqual(['SUCCEEDED', null]);
  const failed = await bring({ repo: 'acme/never', name: 'never' });
  expect(failed.error).toMatch(/cannot be reached/);
});
