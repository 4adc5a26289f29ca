// Token ids of both engines, against the tokenizer that trained the bundled models.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AutoTokenizer, env } from '@huggingface/transformers';
import { getLlama } from 'node-llama-cpp';
import { describe, expect, it } from 'vitest';

const models = fileURLToPath(new URL('../../../data/models/', import.meta.url));
const file = fileURLToPath(new URL('../../reference/models/tokens.json', import.meta.url));
const present = existsSync(file) && existsSync(`${models}bancada-tiny/bancada-tiny.gguf`);
if (!present) console.log('skipped: the bundled models or core/reference/models/tokens.json are absent');

interface Reference {
  readonly bos: number;
  readonly strings: readonly { readonly text: string; readonly ids: readonly number[] }[];
}

describe.runIf(present)('token ids of the bundled tokenizer', () => {
  const reference: Reference = present ? JSON.parse(readFileSync(file, 'utf8')) : { bos: 0, strings: [] };

  it('are those of the reference in llama.cpp', async () => {
    const llama = await getLlama({ build: 'never', gpu: false });
    const model = await llama.loadModel({
      modelPath: `${models}bancada-tiny/bancada-tiny.gguf`,
      vocabOnly: true,
    });
    const ids = reference.strings.map(({ text }) => [...model.tokenize(text, true)]);
    expect(ids.length).toBeGreaterThanOrEqual(1000);
    expect(ids).toEqual(reference.strings.map((string) => string.ids));
    expect([model.tokens.bos, model.tokens.shouldPrependBosToken]).toEqual([reference.bos, true]);
    await llama.dispose();
  });

  it('are those of the reference in transformers.js', async () => {
    env.allowRemoteModels = false;
    env.localModelPath = models;
    const tokenizer = await AutoTokenizer.from_pretrained('bancada-tiny');
    const ids = reference.strings.map(({ text }) => tokenizer.encode(text, { add_special_tokens: false }));
    expect(ids).toEqual(reference.strings.map((string) => string.ids));
    expect(tokenizer.encode('a')[0]).toBe(reference.bos);
  });
});
