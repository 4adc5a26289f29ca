// Forms that are refused while most of their body is still to come, or never comes: answered at once, and nothing is left.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const MiB = 1024 * 1024;
const limit = 8 * MiB;
let api: TestApi;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-refused-'));
  api = await startTestApi({ homes: [home], uploadLimit: limit });
});
afterAll(async () => {
  await api.close();
  await rm(home, { recursive: true, force: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly detail: unknown;
}

/** Writes these parts of a body and then no more, without ending it, until the answer comes. */
async function stall(
  to: string,
  parts: readonly Uint8Array[],
  headers: Readonly<Record<string, string | number>> = {},
): Promise<Answer> {
  let sending: ClientRequest | undefined;
  try {
    return await new Promise<Answer>((resolve, reject) => {
      sending = request(
        `${api.url}/api/v1/${to}`,
        { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x', ...headers } },
        async (response) => {
          const chunks = await response.toArray();
          const { detail } = JSON.parse(Buffer.concat(chunks).toString()) as { detail: unknown };
          resolve({ status: response.statusCode, detail });
        },
      );
      sending.on('error', reject);
      sending.flushHeaders();
      for (const part of parts) sending.write(part);
    });
  } finally {
    sending?.destroy();
  }
}

const field = (name: string, value: string) =>
  Buffer.from(`--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
const head = (fileName: string, name = 'file') =>
  Buffer.from(`--x\r\ncontent-disposition: form-data; name="${name}"; filename="${fileName}"\r\n\r\n`);
const next = Buffer.from('\r\n--x\r\n');
const lines = Buffer.from('{"question":"1+1","answer":"2"}\n'.repeat(MiB / 8));
const remains = async () =>
  (await readdir(home, { recursive: true })).filter(
    (name) => !['staging', 'models', 'datasets'].includes(name),
  );

const kinds = [
  ['datasets', 'a.jsonl', lines],
  ['datasets', 'a.jsonl.gz', gzipSync(lines)],
  ['models', 'a.gguf', Buffer.alloc(4 * MiB, 'GGUF')],
] as const;

for (const [to, fileName, content] of kinds) {
  const file = [head(fileName), content];
  test.each([
    ['a wrong field before it', [field('colour', 'red'), ...file], 400, /no "colour"/],
    ['a wrong value before it', [field('name', '../x'), ...file], 422, /name/],
    [
      'a wrong field after it',
      [...file, Buffer.from('\r\n'), field('colour', 'red'), next],
      400,
      /no "colour"/,
    ],
    ['a wrong value after it', [...file, Buffer.from('\r\n'), field('name', '../x'), next], 422, /name/],
    ['a second file', [...file, Buffer.from('\r\n'), ...file], 400, /more than one file/],
    ['another name', [head(fileName, 'weights'), content], 400, /no "weights"/],
  ])(`${to}: ${fileName} with %s is refused while it is open`, async (_with, parts, status, detail) => {
    expect(await stall(to, parts)).toEqual({ status, detail: expect.stringMatching(detail) });
    expect(await remains()).toEqual([]);
  });
}

test('a wrong field in the same packet as the beginning of the file', async () => {
  for (const [to, fileName, content] of kinds) {
    const packet = Buffer.concat([field('colour', 'red'), head(fileName), content.subarray(0, 1000)]);
    expect((await stall(to, [packet])).status).toBe(400);
  }
  expect(await remains()).toEqual([]);
});

test('a model over the limit is refused: at once by its declared length, else when it is over', async () => {
  const tooLarge = { status: 413, detail: `the file is over the limit of ${limit} bytes` };
  expect(await stall('models', [], { 'content-length': limit + 2 * MiB })).toEqual(tooLarge);
  const chunks = Array.from({ length: 9 }, () => Buffer.alloc(MiB, 'G'));
  expect(await stall('models', [field('name', 'large'), head('a.gguf'), ...chunks])).toEqual(tooLarge);
  expect(await remains()).toEqual([]);
});
