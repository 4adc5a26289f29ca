// Uploads made to do harm: bombs, endless lines, cut and mutated files. Each is refused, memory stays flat, nothing is left.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const MiB = 1024 * 1024;
let api: TestApi;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-hostile-'));
  api = await startTestApi({ homes: [home], uploadLimit: 4 * 1024 * MiB });
});
afterAll(async () => {
  await api.close();
  await rm(home, { recursive: true, force: true });
});

/** Sends chunks as they are made, and gives the status: the body never lies in memory whole. */
async function send(fileName: string, chunks: Iterable<Uint8Array>): Promise<number> {
  const boundary = 'x'.repeat(30);
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="name"\r\n\r\nhostile\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\n\r\n`;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(head);
    for (const chunk of chunks) yield chunk;
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  const response = await fetch(`${api.url}/api/v1/datasets`, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: body(),
    duplex: 'half',
  } as unknown as RequestInit);
  await response.arrayBuffer();
  return response.status;
}

function* repeated(chunk: Uint8Array, times: number): Generator<Uint8Array> {
  for (let n = 0; n < times; n += 1) yield chunk;
}

async function remains(): Promise<string[]> {
  return (await readdir(home, { recursive: true })).filter((name) => name !== 'staging');
}

async function harmless(attack: () => Promise<number>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const status = await attack();
  // The sender lies in the same process: its chunks count too.
  expect((process.memoryUsage.rss() - before) / MiB).toBeLessThan(200);
  expect(await remains()).toEqual([]);
  return status;
}

test('security: uploads: a gzip of 10 MB that unpacks to 10 GB', async () => {
  const packed = gzipSync(Buffer.alloc(64 * MiB, 48), { level: 9 });
  // Members one after the other are one gzip file: 160 of them are 10 GB.
  expect(await harmless(() => send('bomb.jsonl.gz', repeated(packed, 160)))).toBeOneOf([413, 422]);
  const lines = gzipSync(Buffer.from('{"a":"aaaaaaaaaaaaaaaaaaaa"}\n'.repeat(1_000_000)), { level: 9 });
  expect(await harmless(() => send('bomb.jsonl.gz', repeated(lines, 400)))).toBe(413);
}, 120_000);

test('security: uploads: a line of 2 GB', async () => {
  expect(await harmless(() => send('line.jsonl', repeated(Buffer.alloc(4 * MiB, 'a'), 512)))).toBe(422);
}, 120_000);

test('security: uploads: a Parquet file that stands for more than any memory holds', async () => {
  const bytes = Buffer.from(
    parquetWriteBuffer({
      columnData: [{ name: 'a', data: Array(1000).fill('x'.repeat(1000)), type: 'STRING' }],
    }),
  );
  const claims = Buffer.from(bytes);
  // 1000 as a zigzag varint, wherever the footer counts rows and values, becomes 4 thousand million.
  const footer = claims.length - 8 - claims.readUInt32LE(claims.length - 8);
  const count = Buffer.from([0xd0, 0x0f]);
  for (let at = claims.indexOf(count, footer); at >= 0; at = claims.indexOf(count, at + 1))
    claims.set([0xff, 0x7f], at);
  expect(await harmless(() => send('bomb.parquet', [claims]))).toBe(422);
  expect(await harmless(() => send('cut.parquet', [bytes.subarray(0, bytes.length - 20)]))).toBe(422);
}, 60_000);

test('security: uploads: wrong encodings', async () => {
  const text = '{"frage":"Wie groß?"}\n';
  expect(await harmless(() => send('latin1.jsonl', [Buffer.from(text, 'latin1')]))).toBe(422);
  expect(await harmless(() => send('utf16.jsonl', [Buffer.from(text, 'utf16le')]))).toBe(422);
}, 60_000);

test('security: uploads: a Parquet dictionary whose one word stands for gigabytes of rows', async () => {
  const word = 'x'.repeat(MiB);
  const rows = 8_000;
  const bytes = Buffer.from(
    parquetWriteBuffer({
      columnData: [{ name: 'a', data: Array(rows).fill(word), type: 'STRING', encoding: 'RLE_DICTIONARY' }],
      statistics: false,
    }),
  );
  expect(bytes.length).toBeLessThan(4 * MiB);
  expect(await harmless(() => send('dictionary.parquet', [bytes]))).toBe(422);
}, 60_000);

const records = Array.from({ length: 200 }, (_, n) => ({
  a: `text ${n % 50}`,
  b: n,
  c: n % 3 === 0 ? null : 'ü,"',
}));
const jsonLines = records.map((record) => JSON.stringify(record)).join('\n');
const column = Array.from({ length: 500 }, (_, n) => `text ${n % 50}`);
const samples: Readonly<Record<string, Buffer>> = {
  'mutated.jsonl': Buffer.from(jsonLines),
  'mutated.json': Buffer.from(JSON.stringify(records)),
  'mutated.csv': Buffer.from(`a,b\n${records.map(({ a, b }) => `"${a}",${b}`).join('\n')}\n`),
  'mutated.parquet': Buffer.from(
    parquetWriteBuffer({ columnData: [{ name: 'a', data: column, type: 'STRING' }] }),
  ),
  'mutated.jsonl.gz': gzipSync(jsonLines),
};

test.each(Object.entries(samples))(
  'security: uploads: 200 random mutations, cut ones among them, 40 of %s, are taken or refused, never more',
  async (fileName, bytes) => {
    let seed = 1;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed % below;
    };
    const statuses = new Map<number, number>();
    const before = process.memoryUsage.rss();
    const attack = async () => {
      const mutated = Buffer.from(bytes);
      for (let n = 0; n <= random(8); n += 1) mutated[random(mutated.length)] = random(256);
      const status = await send(fileName, [
        random(4) === 0 ? mutated.subarray(0, random(mutated.length)) : mutated,
      ]);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    for (let round = 0; round < 10; round += 1) await Promise.all(Array.from({ length: 4 }, attack));
    expect([...statuses.keys()].filter((status) => ![200, 201, 413, 422].includes(status))).toEqual([]);
    expect(statuses.get(422)).toBeGreaterThan(5);
    expect((process.memoryUsage.rss() - before) / MiB).toBeLessThan(200);
    expect(await readdir(path.join(home, 'staging'))).toEqual([]);
  },
  300_000,
);
