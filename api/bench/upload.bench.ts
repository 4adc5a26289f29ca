// Uploads of a large file: time against `wc -l` plus a copy and against servers that only store the body or throw it away, memory of the API, and how soon a declared length over the limit is refused.
// node api/bench/upload.bench.ts [megabytes] prints one JSON line a result.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, glob, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createTestDatabase } from '@bancada/prisma';
import { startApiProcess } from './api-process.ts';

const megabytes = Number(process.argv[2] ?? 1_000);
const rounds = 5;
const folder = await mkdtemp(path.join(tmpdir(), 'bancada-upload-bench-'));
process.env.BANCADA_HOME = path.join(folder, 'home');
const database = await createTestDatabase();
const api = await startApiProcess(database.url);
const bare = spawn(process.execPath, [path.join(import.meta.dirname, 'bare-receiver.ts'), folder], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [barePort] = await once(bare.stdout, 'data');
const bareAddress = `http://127.0.0.1:${String(barePort).trim()}`;
try {
  const file = await makeFile();
  const { size } = await stat(file);
  const taken = {
    plain: [] as number[],
    durable: [] as number[],
    discarding: [] as number[],
    bare: [] as number[],
    upload: [] as number[],
  };
  const before = await api.memory();
  let [most, rows, processor] = [before, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const copy = `${file}.copy`;
    await recycleMemory();
    const copied = await seconds(() => countAndCopy(file, copy));
    const synced = await seconds(() => toDisk(copy));
    taken.plain.push(copied);
    taken.durable.push(copied + synced);
    for (const [kind, path] of [
      ['discarding', '/discard'],
      ['bare', '/store'],
    ] as const) {
      await recycleMemory();
      taken[kind].push(
        await seconds(async () => {
          (await send(`${bareAddress}${path}`, file, size, 'bare')).resume();
        }),
      );
    }
    await recycleMemory();
    const timer = setInterval(async () => (most = Math.max(most, await api.memory())), 250);
    const used = await api.processorSeconds();
    taken.upload.push(
      await seconds(async () => {
        rows = await upload(file, size, `large-${round}`);
      }),
    );
    processor += ((await api.processorSeconds()) - used) / rounds;
    clearInterval(timer);
  }
  const [plain, durable, discarded, stored, uploaded] = [
    median(taken.plain),
    median(taken.durable),
    median(taken.discarding),
    median(taken.bare),
    median(taken.upload),
  ];
  print({
    name: `upload: ${Math.round(size / 1e6)} MB of JSON Lines, every record checked, on the disk before the answer`,
    value: rounded(uploaded),
    unit: 's',
    peer: rounded(plain),
    ratio: rounded(uploaded / plain),
    limit: '<= 1.3 × wc -l plus a copy',
    pass: uploaded <= plain * 1.3,
    durablePeer: rounded(durable),
    durableRatio: rounded(uploaded / durable),
    barePeer: rounded(stored),
    bareRatio: rounded(uploaded / stored),
    discardRatio: rounded(discarded / plain),
    note: `medians of ${rounds} rounds: upload ${list(taken.upload)}, wc -l plus a copy ${list(taken.plain)}, the same with the copy on the disk, as the upload's is, ${list(taken.durable)}, a bare server of Node that only stores the body ${list(taken.bare)}, one that throws it away ${list(taken.discarding)}; ${rows} rows; the API used ${processor.toFixed(1)} s of processor beside the process that checks`,
  });
  const growth = (most - before) / 1e6;
  print({
    name: 'upload: growth of the API meanwhile',
    value: Math.round(growth),
    unit: 'MB',
    limit: '< 200',
    pass: growth < 200,
    note: `resident ${Math.round(before / 1e6)} MB before`,
  });
  const refusal = await seconds(declare5GB);
  print({
    name: 'upload: a declared 5 GB is refused',
    value: Math.round(refusal * 1000),
    unit: 'ms',
    limit: '< 1000',
    pass: refusal < 1,
    note: '413 before a byte of the file is read',
  });
} finally {
  bare.kill();
  await api.stop();
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

async function makeFile(): Promise<string> {
  const file = path.join(folder, 'large.jsonl');
  function* lines(): Generator<string> {
    const answer = 'Because the quick brown fox jumps over the lazy dog. '.repeat(8);
    for (let n = 0, bytes = 0; bytes < megabytes * 1e6; n += 100) {
      let block = '';
      for (let i = n; i < n + 100; i += 1) {
        block += `${JSON.stringify({ id: i, question: `Why does the fox number ${i} jump?`, answer, score: i / 7 })}\n`;
      }
      bytes += block.length;
      yield block;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { flush: true }));
  return file;
}

/**
 * Deletes what the step before wrote, and leaves the kernel with memory that it has just got back. A virtual machine may give freed memory
 * to its host after seconds; to write 1 GB into memory that it has to ask for again takes 1 to 3 s more, whoever writes.
 */
async function recycleMemory(): Promise<void> {
  for await (const old of glob(`${folder}/{*.copy,bare-*,home/**/*}`)) {
    const { size } = await stat(old);
    if (size > megabytes * 9e5) await rm(old);
  }
  const passing = path.join(folder, 'passing');
  const block = Buffer.alloc(1 << 20);
  function* blocks() {
    for (let bytes = 0; bytes < megabytes * 2.2e6; bytes += block.length) yield block;
  }
  await pipeline(Readable.from(blocks()), createWriteStream(passing, { flush: true }));
  await rm(passing);
}

async function countAndCopy(file: string, copy: string): Promise<void> {
  execFileSync('wc', ['-l', file]);
  await copyFile(file, copy);
}

async function toDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}

async function upload(file: string, size: number, name: string): Promise<number> {
  const response = await send(`${api.url}/api/v1/datasets`, file, size, name);
  const body = (await json(response)) as { readonly rows: number; readonly detail?: string };
  if (response.statusCode !== 201) throw new Error(`${response.statusCode} ${body.detail}`);
  return body.rows;
}

/** As `curl -F` sends it: fetch with a Blob takes five times the processor, which is not the server's doing. */
async function send(address: string, file: string, size: number, name: string): Promise<IncomingMessage> {
  const head = `--x\r\ncontent-disposition: form-data; name="name"\r\n\r\n${name}\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="large.jsonl"\r\n\r\n`;
  const tail = '\r\n--x--\r\n';
  const headers = {
    'content-type': 'multipart/form-data; boundary=x',
    'content-length': head.length + size + tail.length,
  };
  const sent = request(address, { method: 'POST', headers });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.write(head);
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), sent, { end: false });
  sent.end(tail);
  const [response] = await answered;
  return response;
}

async function declare5GB(): Promise<void> {
  const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 5e9 };
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${api.url}/api/v1/datasets`, { method: 'POST', headers }, (response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
  if (status !== 413) throw new Error(`answered ${status}`);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function list(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(' / ');
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}

function print(result: Record<string, unknown>): void {
  console.log(JSON.stringify(result));
}
