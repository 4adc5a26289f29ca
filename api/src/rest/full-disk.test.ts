// Uploads to a disk that is really full: the answer says so, nothing is left, and the next one that fits is taken.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const home = mkdtempSync(path.join(tmpdir(), 'bancada-full-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16M', 'tmpfs', home]).status === 0;
if (!mounted)
  process.stdout.write('no small disk can be mounted without the right to: its test is left out\n');

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ homes: [home], uploadLimit: 256 * 1024 * 1024 });
});
afterAll(async () => {
  await api.close();
  if (mounted) execFileSync('umount', [home]);
  rmSync(home, { recursive: true, force: true });
});

async function upload(kind: 'datasets' | 'models', fileName: string, content: Blob) {
  const form = new FormData();
  form.set('name', 'large');
  form.set('file', content, fileName);
  const answer = await fetch(`${api.url}/api/v1/${kind}`, { method: 'POST', body: form });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

const files = () => readdirSync(home, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
const line = `{"a":"${'x'.repeat(1_000)}"}\n`;

test.skipIf(!mounted)(
  'security: uploads: a full disk is told as one, and nothing is left on it',
  async () => {
    const before = files().map(({ name }) => name);
    const weights = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(40 * 1024 * 1024)]);
    for (const sent of [
      await upload('datasets', 'large.jsonl', new Blob([line.repeat(40_000)])),
      await upload('models', 'large.gguf', new Blob([weights])),
    ]) {
      expect([sent.status, sent.type]).toEqual([507, 'application/problem+json']);
      expect(sent.text).toContain('make room');
      expect(sent.text).not.toContain(home);
      expect(files().map(({ name }) => name)).toEqual(before);
    }
    writeFileSync(path.join(home, 'filler'), Buffer.alloc(8 * 1024 * 1024));
    expect((await upload('datasets', 'small.jsonl', new Blob([line.repeat(1_000)]))).status).toBe(201);
  },
);
