// Data sets open from every format, keep their hashes, and name file, line and column of what is wrong.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Dataset, Row } from './dataset.ts';
import { listDatasets } from './list.ts';
import { openDataFiles, openDataset } from './open.ts';

const rows = [
  { question: 'Où?', answer: 1, choices: ['a', 'b'] },
  { question: 'line\u2028separator', answer: 2, choices: [] },
];

let home = '';

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-data-'));
});

afterEach(() => rm(home, { recursive: true }));

async function put(name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const folder = path.join(home, 'datasets', name);
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(path.join(folder, file), content);
}

async function read(dataset: Dataset, split = 'test'): Promise<Row[]> {
  return Array.fromAsync(dataset.rows(split));
}

test.each([
  ['jsonl', 'test.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')],
  [
    'jsonl with a byte order mark, CRLF and empty lines',
    'test.jsonl',
    `\ufeff${rows.map((row) => JSON.stringify(row)).join('\r\n\r\n')}\r\n`,
  ],
  ['a JSON list', 'test.json', JSON.stringify(rows, null, 2)],
  ['a JSON object with one list', 'test.json', JSON.stringify({ version: 1, data: rows })],
  ['JSON Lines under the name .json', 'test.json', rows.map((row) => JSON.stringify(row)).join('\n')],
])('%s', async (_, file, content) => {
  await put('quiz', { [file]: content });
  expect(await read(await openDataset('quiz', [home]))).toEqual(rows);
});

test('parquet, one row group after the other', async () => {
  const columnData = [
    { name: 'question', data: ['a', 'b', 'c', 'd', 'e'], type: 'STRING' as const },
    { name: 'answer', data: [1n, 2n, 3n, 4n, 5n], type: 'INT64' as const },
  ];
  await put('quiz', { 'test.parquet': new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2 })) });
  const found = await read(await openDataset('quiz', [home]));
  expect(found).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map((question, index) => ({ question, answer: index + 1 })),
  );
});

test('csv columns get their type; empty cells are null, numbers with leading zeros stay text', async () => {
  const text = 'id,n,x,ok,text\n007,1,0.5,true,"a, ""b""\nc"\n010,,2,FALSE,None\n';
  await put('quiz', { 'test.csv': text });
  expect(await read(await openDataset('quiz', [home]))).toEqual([
    { id: '007', n: 1, x: 0.5, ok: true, text: 'a, "b"\nc' },
    { id: '010', n: null, x: 2, ok: false, text: 'None' },
  ]);
});

test.each([
  ['a broken line', 'test.jsonl', '{"a": 1}\n{"a": 2,}\n', /test\.jsonl:2: is not valid JSON: .*column 9/],
  ['a cut line', 'test.jsonl', '{"a": 1}\n{"a": ', /test\.jsonl:2: is not valid JSON: .*column 7/],
  ['a line that is no object', 'test.jsonl', '[1]\n', /test\.jsonl:1: is not a JSON object/],
  [
    'bytes that are not UTF-8',
    'test.jsonl',
    new Uint8Array([0x7b, 0xff, 0xfe]),
    /test\.jsonl:1: is not UTF-8/,
  ],
  [
    'JSON broken on its third line',
    'test.json',
    '[\n {"a": 1},\n {"a" 2}\n]',
    /test\.json:3: is not valid JSON: .*column 7/,
  ],
  ['JSON with two lists', 'test.json', '{"a": [], "b": []}', /holds 2 lists.*Name one of a, b/],
  ['a CSV line with too many cells', 'test.csv', 'a,b\n1,2\n3,4,5\n', /test\.csv:3: is not valid CSV/],
  [
    'an open quote in CSV',
    'test.csv',
    'q,a\n1,"x\n',
    /test\.csv:2: is not valid CSV: Quote Not Closed.*, column a/,
  ],
  [
    'a CSV record too long',
    'test.csv',
    'q,a\n1,2,3\n',
    /test\.csv:2: .*columns length is 2, got 3 on line 2$/,
  ],
  ['a CSV column twice', 'test.csv', 'a,a\n1,2\n', /column "a" occurs twice/],
  ['a cut Parquet file', 'test.parquet', 'PAR1xxxx', /test\.parquet: is not valid Parquet/],
  ['an empty file', 'test.jsonl', '\n', /split "test" of data set "quiz" has no row/],
  ['a blank JSON file', 'test.json', ' \n', /has no row/],
  ['a CSV header alone', 'test.csv', 'a,b\n', /has no row/],
])('%s', async (_, file, content, message) => {
  await put('quiz', { [file]: content });
  await expect(openDataset('quiz', [home]).then(read)).rejects.toThrow(message);
});

test('an unknown split names those that exist', async () => {
  await put('quiz', { 'train.jsonl': '{}', 'test.jsonl': '{}' });
  await expect(openDataset('quiz', [home]).then((dataset) => read(dataset, 'tst'))).rejects.toThrow(
    'unknown split of data set quiz "tst", did you mean "test"?; allowed: test, train',
  );
});

const manifest = (sha256: string) =>
  `name: quiz\nlicence: MIT\nsplits:\n  test: {file: test.jsonl, rows: 1, sha256: ${sha256}}\n`;

test('a manifest’s hash holds', async () => {
  const right = 'ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356';
  await put('quiz', { 'test.jsonl': '{}\n', 'dataset.yaml': manifest(right) });
  const dataset = await openDataset('quiz', [home]);
  expect(dataset).toMatchObject({ licence: 'MIT', splits: [{ name: 'test', sha256: right, rows: 1 }] });
  await put('quiz', { 'dataset.yaml': manifest('a'.repeat(64)) });
  await expect(openDataset('quiz', [home])).rejects.toThrow(
    /dataset\.yaml:4: splits\.test\.sha256: the data's SHA-256 is ca3d163b/,
  );
});

test.each([
  [
    'an unknown key',
    'name: quiz\nsplit: {}\nsplits: {test: test.jsonl}\n',
    /dataset\.yaml:2: split: unknown key "split", did you mean "splits"\?/,
  ],
  [
    'another name',
    'name: quizz\nsplits: {test: test.jsonl}\n',
    /dataset\.yaml:1: name: name differs from the folder \(given: "quizz"\); allowed: quiz/,
  ],
  [
    'a split twice',
    'name: quiz\nsplits:\n  test: test.jsonl\n  test: test.jsonl\n',
    /dataset\.yaml:4: is not valid YAML: duplicated mapping key/,
  ],
  [
    'a path out of the folder',
    'name: quiz\nsplits: {test: ../other/test.jsonl}\n',
    /leads out of its folder/,
  ],
  ['a missing file', 'name: quiz\nsplits: {test: none.jsonl}\n', /none\.jsonl: no such file/],
])('a manifest with %s', async (_, text, message) => {
  await put('other', { 'test.jsonl': '{}' });
  await put('quiz', { 'test.jsonl': '{}', 'dataset.yaml': text });
  await expect(openDataset('quiz', [home])).rejects.toThrow(message);
});

test('links do not lead out', async () => {
  const secret = path.join(home, 'secret.jsonl');
  await writeFile(secret, '{}');
  await put('quiz', {});
  await symlink(secret, path.join(home, 'datasets', 'quiz', 'test.jsonl'));
  await expect(openDataset('quiz', [home])).rejects.toThrow('leads out of its folder');
  await symlink(home, path.join(home, 'datasets', 'all'));
  await expect(openDataset('all', [home])).rejects.toThrow('leads out of its folder');
});

test.each(['../quiz', '/etc', 'a/b', ''])('"%s" is not a data set name', async (name) => {
  await expect(openDataset(name, [home])).rejects.toThrow('not a data set name');
});

test('two files for one split are refused, pieces of one split are read in order', async () => {
  await put('quiz', { 'test.jsonl': '{}', 'test.csv': 'a\n1\n' });
  await expect(openDataset('quiz', [home])).rejects.toThrow('two files for split "test"');
  await put('pieces', { 'test-00000-of-00002.jsonl': '{"a": 1}', 'test-00001-of-00002.jsonl': '{"a": 2}' });
  expect(await read(await openDataset('pieces', [home]))).toEqual([{ a: 1 }, { a: 2 }]);
});

test('an unknown data set suggests the nearest and says where it looked', async () => {
  await put('quiz', { 'test.jsonl': '{}' });
  await expect(openDataset('quizz', [home])).rejects.toThrow(
    /unknown data set "quizz", did you mean "quiz"\?; allowed: quiz\. Looked in/,
  );
});

test('a listing shows every data set, the broken ones with their fault', async () => {
  await put('good', { 'test.jsonl': '{}' });
  await put('bad', { 'notes.txt': '' });
  expect(await listDatasets([home])).toMatchObject([
    { name: 'bad', fault: expect.stringContaining('without data') },
    { name: 'good', splits: ['test'] },
  ]);
});

test('300,000 rows stream in little memory', async () => {
  const file = path.join(home, 'large.jsonl');
  await writeFile(file, `${JSON.stringify({ question: 'x'.repeat(80), answer: 1 })}\n`.repeat(300_000));
  const dataset = await openDataFiles({ name: 'large', files: { test: [file] } });
  let [count, highest] = [0, 0];
  for await (const row of dataset.rows('test')) {
    if (row.answer === 1) count += 1;
    if (count % 50_000 === 0) highest = Math.max(highest, process.memoryUsage().heapUsed);
  }
  expect(count).toBe(300_000);
  expect(highest).toBeLessThan(256 * 1024 * 1024);
});
