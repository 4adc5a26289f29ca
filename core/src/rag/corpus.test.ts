// Corpora on disk: what is read, and what is said about those that are wrong.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCorpus } from './corpus.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'bancada-corpus-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(files: Record<string, string | Uint8Array>) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(home, 'corpora', 'notes', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

const manifest = (rest: string) => ({ 'corpus.yaml': `name: notes\n${rest}\n` });
const documents = async () => Array.fromAsync((await openCorpus('notes', [home])).documents());

describe('openCorpus', () => {
  it('reads Markdown, text and JSONL, one glob after the other', async () => {
    put({
      ...manifest('files: ["**/*.md", b.txt, "*.jsonl"]\ntitle_field: headline'),
      'z.md': '---\ntags: [x]\n---\n# Last *one*\n\nText.',
      'deep/a.md': 'No heading.',
      'b.txt': '\uFEFFplain\r\ntext',
      'c.jsonl': '{"id": 7, "text": "seven", "headline": "VII"}\n\n{"id": "8", "text": ""}\n',
    });
    expect(await documents()).toEqual([
      { id: 'deep/a', text: 'No heading.' },
      { id: 'z', title: 'Last *one*', text: '# Last *one*\n\nText.' },
      { id: 'b', text: 'plain\r\ntext' },
      { id: '7', title: 'VII', text: 'seven' },
      { id: '8', text: '' },
    ]);
  });

  it('is known by the SHA-256 of its bytes', async () => {
    put({ ...manifest('files: [a.txt]'), 'a.txt': 'abc' });
    const { sha256 } = await openCorpus('notes', [home]);
    expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    put(manifest(`files: [a.txt]\nsha256: ${'a'.repeat(64)}`));
    await expect(openCorpus('notes', [home])).rejects.toThrow(/corpus\.yaml:3: sha256: .*ba7816bf/);
  });

  it.each<[string, Record<string, string | Uint8Array>, RegExp]>([
    ['not JSON', { 'a.jsonl': '{"id": 1, "text": "x"}\n{"id": 2,\n' }, /a\.jsonl:2: is not valid JSON/],
    ['no text', { 'a.jsonl': '\n{"id": 1, "body": "x"}\n' }, /a\.jsonl:2: .*no field "text".*id, body/],
    ['text that is none', { 'a.jsonl': '{"id": 1, "text": 5}\n' }, /a\.jsonl:1: text: wrong type/],
    ['no object', { 'a.jsonl': '[1]\n' }, /a\.jsonl:1: is not a JSON object/],
    ['not UTF-8', { 'a.jsonl': '', 'a.txt': Uint8Array.of(0x61, 0x0a, 0xff) }, /a\.txt:2: is not UTF-8/],
    [
      'two of one id',
      { 'a.jsonl': '{"id": "a", "text": "x"}\n', 'a.txt': 'y' },
      /two documents with the id "a"/,
    ],
    ['no text at all', { 'a.jsonl': '', 'a.txt': ' \n' }, /corpus "notes" has no text/],
  ])('tells file and line of a record with %s', async (_, files, message) => {
    put({ ...manifest('files: ["a.*"]'), ...files });
    await expect(documents()).rejects.toThrow(message);
  });

  it.each([
    ['a file that is not there', 'files: [x.txt]', /no such file/],
    ['a glob without a match', 'files: ["*.md"]', /corpus\.yaml:2: files\[0\]: no file matches/],
    ['a file of another kind', 'files: [a.pdf]', /no loader for files that end in "\.pdf".*\.jsonl/],
    ['a path out of the folder', 'files: [../other/a.txt]', /leads out of its folder/],
    ['a glob out of the folder', 'files: ["../*/a.txt"]', /leads out of its folder/],
    ['a link out of the folder', 'files: [link.txt]', /leads out of its folder/],
    ['an unknown key', 'file: [a.pdf]', /unknown key "file", did you mean "files"/],
  ])('refuses %s', async (_, rest, message) => {
    put({ ...manifest(rest), 'a.pdf': 'x', '../other/a.txt': 'secret' });
    symlinkSync(
      path.join(home, 'corpora', 'other', 'a.txt'),
      path.join(home, 'corpora', 'notes', 'link.txt'),
    );
    await expect(openCorpus('notes', [home])).rejects.toThrow(message);
  });

  it('suggests the nearest name', async () => {
    put(manifest('files: [a.txt]'));
    await expect(openCorpus('note', [home])).rejects.toThrow(/unknown corpus "note", did you mean "notes"/);
  });
});
