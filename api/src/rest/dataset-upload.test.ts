// Uploads over real HTTP: formats, versions, refusals with line and column, and nothing half-made left behind.
import { createHash } from 'node:crypto';
import { existsSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openDataset } from '@bancada/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const limit = 1024 * 1024;
let api: TestApi;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-upload-'));
  api = await startTestApi({ homes: [home], uploadLimit: limit });
});
afterAll(async () => {
  await api.close();
  await rm(home, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function upload(
  fileName: string,
  content: string | Uint8Array<ArrayBuffer>,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new File([content], fileName));
  const response = await fetch(`${api.url}/api/v1/datasets`, { method: 'POST', body: form, headers });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** What lies in the home, so that nothing half-made hides. */
async function remains(): Promise<string[]> {
  const all = await readdir(home, { recursive: true });
  return all.filter((name) => name !== 'staging' && name !== 'datasets').toSorted();
}

const lines = '{"question":"1+1","answer":"2"}\n{"question":"1+2","answer":"3","hint":null}\n';
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

test('JSON Lines become a data set that core opens: rows, columns, hash', async () => {
  const { status, body } = await upload('sums.jsonl', lines, { name: 'sums', licence: 'CC0-1.0' });
  expect([status, body]).toEqual([
    201,
    {
      name: 'sums',
      version: 1,
      split: 'test',
      format: 'jsonl',
      rows: 2,
      columns: ['question', 'answer', 'hint'],
      bytes: lines.length,
      sha256: sha256(lines),
      created: true,
    },
  ]);
  const dataset = await openDataset('sums', [home]);
  expect(await Array.fromAsync(dataset.rows('test'))).toHaveLength(2);
  expect(dataset).toMatchObject({ version: 1, licence: 'CC0-1.0', splits: [{ name: 'test', rows: 2 }] });
});

test('the same again is the same version; other content is a new one, and the old one stays', async () => {
  const again = await upload('sums.jsonl', lines, { name: 'sums' });
  expect([again.status, again.body.version, again.body.created]).toEqual([200, 1, false]);
  const more = `${lines}{"question":"2+2","answer":"4"}\n`;
  const second = await upload('sums.jsonl', more, { name: 'sums' });
  expect([second.status, second.body.version, second.body.rows]).toEqual([201, 2, 3]);
  const third = await upload('train.csv', 'question,answer\n3+3,6\n', { name: 'sums', split: 'train' });
  expect([third.status, third.body.version]).toEqual([201, 3]);
  const [first, newest] = [await openDataset('sums@1', [home]), await openDataset('sums', [home])];
  expect(first.splits.map(({ name, rows }) => [name, rows])).toEqual([['test', 2]]);
  expect(newest.splits.map(({ name, rows }) => [name, rows])).toEqual([
    ['test', 3],
    ['train', 1],
  ]);
  await expect(openDataset('sums@9', [home])).rejects.toThrow(/unknown version.*allowed: 1, 2, 3/);
});

test('a run notes the versions of the data sets that it reads', async () => {
  await upload('pinned.jsonl', lines, { name: 'pinned' });
  await upload('pinned.jsonl', '{"question":"3+3","answer":"6"}\n', { name: 'pinned' });
  await mkdir(path.join(home, 'tasks'), { recursive: true });
  await writeFile(
    path.join(home, 'tasks/asks.yaml'),
    'task: asks\ndataset_path: pinned\ntest_split: test\noutput_type: generate_until\ndoc_to_text: "{{question}}"\ndoc_to_target: "{{answer}}"\nmetric_list: [{metric: exact_match}]\n',
  );
  const { createRun } = await api.query<{ createRun: { data?: { id: string }; message?: string } }>(
    `mutation ($suite: String!) { createRun(input: {suite: $suite}) {
       ... on MutationCreateRunSuccess { data { id } } ... on Error { message } } }`,
    { suite: 'name: pins\nmodels: [{provider: scripted, name: echo, answer: x}]\ntasks: [asks]\n' },
  );
  expect(createRun.message).toBeUndefined();
  const run = await api.database.prisma.run.findUniqueOrThrow({ where: { id: createRun.data?.id ?? '' } });
  expect(run.library).toEqual({ tasks: {}, prompts: {}, datasets: { pinned: 2 } });
});

test.each([
  ['rows.json', '[{"a":1},{"a":2}]', 'json'],
  ['rows.csv', 'a,b\n1,x\n2,y\n', 'csv'],
  ['rows.tsv', 'a\tb\n1\tx\n2\ty\n', 'csv'],
  ['rows.jsonl.gz', gzipSync('{"a":1}\n{"a":2}'), 'jsonl'],
  ['rows.csv.gz', gzipSync('a\n1\n2\n'), 'csv'],
])('%s is read as what it is', async (fileName, content, format) => {
  const { status, body } = await upload(fileName, content, { name: fileName });
  expect([status, body.rows, body.format]).toEqual([201, 2, format]);
});

test('Parquet is taken, packed or not', async () => {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const bytes = new Uint8Array(
    parquetWriteBuffer({ columnData: [{ name: 'a', data: [1, 2, 3], type: 'INT32' }] }),
  );
  const plain = await upload('p.parquet', bytes, { name: 'p1' });
  const packed = await upload('p.parquet.gz', new Uint8Array(gzipSync(bytes)), { name: 'p2' });
  for (const { status, body } of [plain, packed]) {
    expect([status, body.rows, body.columns, body.sha256]).toEqual([201, 3, ['a'], sha256(bytes)]);
  }
});

test.each([
  ['bad.jsonl', '{"a":1}\n{"a":\n', 2, 6],
  ['bad.jsonl', '{"a":1}\n[1]\n', 2, 1],
  ['bad.jsonl', '{"a":1}\n{"a":1,"b":tru}\n', 2, 15],
  ['bad.json', '[{"a":1},\n {"a":x}]\n', 2, 7],
  ['bad.jsonl', '', 1, 1],
  ['bad.jsonl', '\n\n', 1, 1],
  ['bad.json', '[{"a":1},\n {"a" 2}]', 2, 7],
  ['bad.csv', 'a,b\n1,2\n3,4,5\n', 3, 3],
  ['bad.jsonl', new Uint8Array([...Buffer.from('{"a":"é"}\n{"a":"'), 0xff, 0xfe, 34, 125]), 2, 7],
  ['bad.jsonl.gz', gzipSync(lines).subarray(0, 30), 1, 1],
])(
  'security: uploads: %s %# is refused with line and column, and nothing is left',
  async (fileName, content, line, column) => {
    const before = await remains();
    const { status, body } = await upload(fileName, content as string, { name: 'bad' });
    expect(body).toMatchObject({ status: 422, line, column });
    expect(status).toBe(422);
    expect(String(body.detail)).not.toContain(home);
    expect(await remains()).toEqual(before);
  },
);

test('a file over the limit is refused, packed too, and at once when its length is declared', async () => {
  const before = await remains();
  const large = '{"a":"xxxxxxxxxxxxxxxx"}\n'.repeat(limit / 20);
  const plain = await upload('l.jsonl', large, { name: 'large' });
  expect([plain.status, plain.body.limit, api.logged.map(({ err }) => err)]).toEqual([413, limit, []]);
  const packed = await upload('l.jsonl.gz', new Uint8Array(gzipSync(large)), { name: 'large' });
  expect([packed.status, packed.body.limit]).toEqual([413, limit]);
  const started = performance.now();
  const status = await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 5 * 2 ** 30 };
    const sent = request(`${api.url}/api/v1/datasets`, { method: 'POST', headers }, (response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
  expect(status).toBe(413);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(await remains()).toEqual(before);
});

test('wrong names, splits, files and forms are refused by name', async () => {
  const issues = async (fileName: string, fields: Record<string, string>) => {
    const { status, body } = await upload(fileName, lines, fields);
    const [issue] = (body.issues ?? []) as { path: string; value: unknown }[];
    return [status, issue?.path, issue?.value];
  };
  expect(await issues('a.jsonl', { name: 'no good' })).toEqual([422, 'name', 'no good']);
  for (const name of ['new', 'import']) {
    expect(await issues('a.jsonl', { name })).toEqual([422, 'name', name]);
    expect((await upload('a.jsonl', lines, { name })).body.detail).toMatch(/allowed.*not "new" or "import"/);
  }
  expect(await issues('a.jsonl', {})).toEqual([422, 'name', null]);
  expect(await issues('a.jsonl', { name: 'a', split: '../x' })).toEqual([422, 'split', '../x']);
  expect(await issues('a.xlsx', { name: 'a' })).toEqual([422, 'file', 'a.xlsx']);
  expect((await upload('a.jsonl', lines, { name: 'a', colour: 'red' })).body.detail).toMatch(
    /colour.*allowed/,
  );
  const json = await fetch(`${api.url}/api/v1/datasets`, { method: 'POST', body: '{}' });
  expect(json.status).toBe(415);
  const cut = await fetch(`${api.url}/api/v1/datasets`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n{"a":1}',
  });
  expect(cut.status).toBe(400);
});

test('a form from another site is refused', async () => {
  const { status } = await upload('a.jsonl', lines, { name: 'a' }, { origin: 'https://evil.example' });
  expect(status).toBe(403);
});

test.each(['../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', '..', '.hidden', 'a/b', 'a\\b', 'con\0'])(
  'security: paths: the name %j is refused',
  async (name) => {
    const before = await remains();
    expect((await upload('a.jsonl', lines, { name })).status).toBe(422);
    expect(await remains()).toEqual(before);
  },
);

test('security: paths: a link out of the home is not written through, a file name is never a path', async () => {
  const outside = await mkdtemp(path.join(tmpdir(), 'bancada-outside-'));
  symlinkSync(outside, path.join(home, 'datasets', 'linked'));
  const { status, body } = await upload('a.jsonl', lines, { name: 'linked' });
  expect([status, body.detail]).toEqual([422, expect.stringMatching(/leads out of its folder/)]);
  expect(await readdir(outside)).toEqual([]);
  expect((await upload('../../../evil.jsonl', lines, { name: 'tame' })).status).toBe(201);
  expect(existsSync(path.join(home, '..', 'evil.jsonl'))).toBe(false);
  await rm(outside, { recursive: true });
});

test('a data set that is kept by hand is left alone', async () => {
  const folder = path.join(home, 'datasets', 'by-hand');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'test.jsonl'), lines);
  const { status, body } = await upload('a.jsonl', lines, { name: 'by-hand' });
  expect([status, body.detail]).toEqual([409, expect.stringMatching(/kept by hand/)]);
  expect(await readdir(folder)).toEqual(['test.jsonl']);
});

test('two uploads of one name at once become two versions', async () => {
  const [a, b] = await Promise.all([
    upload('a.jsonl', '{"a":1}', { name: 'twice' }),
    upload('a.jsonl', '{"a":2}', { name: 'twice' }),
  ]);
  expect([a.body.version, b.body.version].toSorted()).toEqual([1, 2]);
});

test('a download is what was uploaded, or another format of it; old versions too', async () => {
  const get = async (query: string) => {
    const response = await fetch(`${api.url}/api/v1/datasets/sums/download${query}`);
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const original = await get('?version=1');
  expect(original.text).toBe(lines);
  expect(original.headers.get('content-disposition')).toBe('attachment; filename="sums-v1-test.jsonl"');
  expect((await get('?version=1&format=csv')).text).toBe('question,answer,hint\n1+1,2,\n1+2,3,\n');
  expect((await get('?split=train&format=jsonl')).text).toBe('{"question":"3+3","answer":6}\n');
  expect((await get('?version=7')).status).toBe(404);
  expect((await get('?split=none')).status).toBe(404);
  expect((await get('?format=xml')).status).toBe(400);
});

test('the manifest of a version is whole and never changes', async () => {
  const file = path.join(home, 'datasets', 'sums', 'versions', '1', 'dataset.yaml');
  expect(await readFile(file, 'utf8')).toContain('version: 1');
});
