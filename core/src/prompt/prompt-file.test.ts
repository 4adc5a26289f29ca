// Prompts load by name and say what is wrong with their files.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPrompt } from './prompt-file.ts';

const bundled = path.resolve(import.meta.dirname, '../../../data');
let home = '';

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-prompt-'));
  await mkdir(path.join(home, 'prompts'));
});

afterAll(() => rm(home, { recursive: true }));

test.each([
  ['rag-en', 'Context:\n[1] Passage one.\n[2] Passage two.\nQuestion: x\nAnswer:'],
  ['rag-pt', 'Contexto:\n[1] Passage one.\n[2] Passage two.\nQuestion: x\nAnswer:'],
])('%s numbers the passages before the question', async (name, text) => {
  const { template } = await loadPrompt(name, [bundled]);
  const contexts = [{ text: 'Passage one.' }, { text: 'Passage two.' }];
  expect(template.render({ contexts, prompt: 'Question: x\nAnswer:' })).toBe(text);
});

test.each([
  [
    'another name',
    'name: b\nversion: 1\ntemplate: x\nvariables: []\n',
    'a.yaml:1: name: name differs from the file',
  ],
  [
    'a variable that is not read',
    'name: a\nversion: 1\ntemplate: x\nvariables: [y]\n',
    'a.yaml:4: variables[0]: the template does not read this variable',
  ],
  [
    'an unknown key',
    'name: a\nversion: 1\ntemplat: x\nvariables: []\n',
    'unknown key "templat", did you mean "template"?',
  ],
])('%s is refused', async (_, text, message) => {
  await writeFile(path.join(home, 'prompts/a.yaml'), text);
  await expect(loadPrompt('a', [home])).rejects.toThrow(message);
});

test('an unknown prompt suggests the nearest', async () => {
  await expect(loadPrompt('rag-enn', [bundled])).rejects.toThrow(
    'unknown prompt "rag-enn", did you mean "rag-en"?',
  );
});
