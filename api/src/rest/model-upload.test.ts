// GGUF files are uploaded over HTTP: kept when they are whole, refused with the reason and without a trace when they are not.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const bundled = path.resolve(import.meta.dirname, '../../../data');
let home: string;
let api: TestApi;
let tiny: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-upload-'));
  api = await startTestApi({ homes: [home, bundled] });
  tiny = new Uint8Array(await readFile(path.join(bundled, 'models/bancada-tiny/bancada-tiny.gguf')));
});
afterAll(async () => {
  await api.close();
  await rm(home, { recursive: true, force: true });
});

async function upload(name: string, bytes: Uint8Array<ArrayBuffer> | string, fileName = 'weights.gguf') {
  const form = new FormData();
  form.set('name', name);
  form.set('description', 'uploaded');
  form.set('file', new Blob([bytes]), fileName);
  const response = await fetch(`${api.url}/api/v1/models`, { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const left = async () => [
  ...(await readdir(path.join(home, 'models')).catch(() => [])),
  ...(await readdir(path.join(home, 'staging')).catch(() => [])),
];

it('a file becomes a model that a suite can name', async () => {
  const { status, body } = await upload('mine', tiny);
  expect(status).toBe(201);
  expect(body).toMatchObject({ name: 'mine', architecture: 'llama', bytes: tiny.byteLength });
  const { models } = await api.query<{ models: { nodes: object[] } }>(
    '{ models(search: "mine") { nodes { name description source fault metadata { architecture } } } }',
  );
  expect(models.nodes).toEqual([
    {
      name: 'mine',
      description: 'uploaded',
      source: 'upload:weights.gguf',
      fault: null,
      metadata: { architecture: 'llama' },
    },
  ]);
  expect(existsSync(path.join(home, 'models/mine/weights.gguf'))).toBe(true);
  expect((await upload('mine', tiny)).status).toBe(409);
  expect(await left()).toEqual(['mine']);
});

it.each([
  ['cut', 'in its header', () => tiny.slice(0, 5000), /truncated/],
  ['foreign', 'of something else', () => 'hello, world', /not a GGUF/],
  ['empty', 'without content', () => '', /not a GGUF/],
])('a file that is %s (%s) is refused and leaves nothing', async (name, _why, bytes, reason) => {
  const { status, body } = await upload(name, bytes());
  expect(status).toBe(422);
  expect(body.detail).toMatch(reason);
  expect(body.detail).not.toContain(home);
  expect(await left()).toEqual(['mine']);
});

it('security: paths: neither the name nor the name of the file leads anywhere', async () => {
  expect(await upload('../../etc/x', tiny)).toMatchObject({
    status: 422,
    body: { issues: [{ path: 'name' }] },
  });
  expect((await upload('sly', tiny, '../../../tmp/sly.gguf')).status).toBe(201);
  expect(await readdir(path.join(home, 'models/sly'))).toContain('sly.gguf');
  expect((await upload('other', tiny, 'weights.bin')).body.issues).toMatchObject([{ path: 'file' }]);
});

it('a client that leaves in the middle leaves nothing', async () => {
  const head = '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nhalf\r\n';
  const file = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.gguf"\r\n\r\n';
  const sending = request(`${api.url}/api/v1/models`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 10_000_000 },
  });
  sending.on('error', () => undefined);
  sending.write(head + file);
  sending.write(tiny.slice(0, 1_000_000));
  await until(async () => (await left()).length > 2);
  sending.destroy();
  await until(async () => (await left()).length === 2);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}
