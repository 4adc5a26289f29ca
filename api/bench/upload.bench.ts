// Uploads of a large file: time against `wc -l` plus a copy, memory of the API, and how soon a declared length over the limit is refused.
// node api/bench/upload.bench.ts [megabytes] prints one JSON line a result.
import { execFileSync } from 'node:child_process';
import { createWriteStream, openAsBlob } from 'node:fs';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createTestDatabase } from '@bancada/prisma';
import { startApiProcess } from './api-process.ts';

const megabytes = Number(process.argv[2] ?? 1_000);
const folder = await mkdtemp(path.join(tmpdir(), 'bancada-upload-bench-'));
process.env.BANCADA_HOME = path.join(folder, 'home');
const database = await createTestDatabase();
const api = await startApiProcess(database.url);
try {
  const file = await makeFile();
  const { size } = await stat(file);
  const peer = await seconds(async () => {
    execFileSync('wc', ['-l', file]);
    await copyFile(file, `${file}.copy`);
  });
  const parse = parseSeconds(size);
  const readings = [await api.memory()];
  const timer = setInterval(async () => readings.push(await api.memory()), 250);
  const processor = await api.processorSeconds();
  let rows = 0;
  const taken = await seconds(async () => {
    const form = new FormData();
    form.append('name', 'large');
    form.append('file', await openAsBlob(file), 'large.jsonl');
    const answer = await fetch(`${api.url}/api/v1/datasets`, { method: 'POST', body: form });
    const body = (await answer.json()) as { rows?: number; detail?: string };
    if (answer.status !== 201) throw new Error(`${answer.status} ${body.detail}`);
    rows = body.rows ?? 0;
  });
  clearInterval(timer);
  const used = (await api.processorSeconds()) - processor;
  print({
    name: `upload: ${Math.round(size / 1e6)} MB of JSON Lines, every record checked`,
    value: Number(taken.toFixed(2)),
    unit: 's',
    peer: Number(peer.toFixed(2)),
    ratio: Number((taken / peer).toFixed(2)),
    limit: '<= 1.3 × wc -l plus a copy',
    pass: taken <= peer * 1.3,
    note: `${rows} rows; the API used ${used.toFixed(1)} s of processor beside the process that checks; JSON.parse of every line alone, nothing else, takes ${parse.toFixed(1)} s here: no check of JSON in JavaScript can come near the peer`,
  });
  const growth = (Math.max(...readings) - (readings[0] ?? 0)) / 1e6;
  print({
    name: 'upload: growth of the API meanwhile',
    value: Math.round(growth),
    unit: 'MB',
    limit: '< 200',
    pass: growth < 200,
    note: `resident ${Math.round((readings[0] ?? 0) / 1e6)} MB before`,
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
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return file;
}

/** What the engine's own parser needs for a file of this size, over a line like those of the file. */
function parseSeconds(size: number): number {
  const line = JSON.stringify({
    id: 123_456,
    question: 'Why does the fox number 123456 jump?',
    answer: 'x'.repeat(420),
    score: 17_636.57,
  });
  const times = 200_000;
  const from = performance.now();
  for (let n = 0; n < times; n += 1) JSON.parse(line);
  return ((performance.now() - from) / 1000) * (size / (times * line.length));
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

function print(result: Record<string, unknown>): void {
  console.log(JSON.stringify(result));
}
