// ONNX models: language, embedder and reranker, right and broken folders.

import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { Message } from '../prompt/message.ts';
import type { GenerateRequest, LanguageResult } from '../request/request.ts';
import type { LanguageModel } from './language-model.ts';
import { llamaCpp } from './llama-cpp.ts';
import type { ProviderContext } from './provider.ts';
import { transformers } from './transformers.ts';

const models = fileURLToPath(new URL('../../../data/models/', import.meta.url));
const present = (name: string): boolean => {
  const found = existsSync(join(models, name, 'onnx/model.onnx'));
  if (!found) console.log(`skipped: data/models/${name} is absent`);
  return found;
};
const potion = fileURLToPath(new URL('../../../../shared/data/models/potion-base-2M-int8/', import.meta.url));
if (!existsSync(potion)) console.log('skipped: ../shared/data/models/potion-base-2M-int8 is absent');

const context = (name: string): ProviderContext => ({
  name,
  baseDirectory: join(models, name),
  secret: () => undefined,
  network: unrestrictedNetwork,
});
const options = transformers.options.parse({ threads: 1 });

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return a && b ? a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) : Number.NaN;
}

async function* stream<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

describe.runIf(present('bancada-tiny-embed'))('the bundled embedder', () => {
  it('gives unit vectors that do not depend on their batch and put like texts together', async () => {
    const embedder = await transformers.embedder?.(options, context('bancada-tiny-embed'));
    const texts = [
      'Who is the mayor of Vilzu?',
      'The mayor of Vilzu is Kotes Zulon.',
      'The sword Pelfirnul has a pink colour.',
    ];
    const together = await embedder?.embed(
      [...texts, ...Array.from({ length: 40 }, (_, index) => `text ${index}`)],
      'document',
    );
    const alone = await embedder?.embed(texts.slice(0, 1), 'document');
    expect(together).toHaveLength(43);
    expect(together?.[0]).toHaveLength(embedder?.dimensions ?? 0);
    for (const vector of together ?? []) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    expect(dot(together?.[0], alone?.[0])).toBeCloseTo(1, 4);
    expect(dot(together?.[0], together?.[1])).toBeGreaterThan(dot(together?.[0], together?.[2]));
    expect(await embedder?.countTokens(['', 'a b'])).toEqual([0, expect.any(Number)]);
    expect(embedder?.info).toMatchObject({
      provider: 'transformers',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
    await embedder?.close();
  });
});

describe.runIf(existsSync(potion))('a static embedder (model2vec)', () => {
  it('puts like texts together', async () => {
    const embedder = await transformers.embedder?.(options, { ...context('potion'), baseDirectory: potion });
    const vectors = await embedder?.embed(
      ['The cat sleeps on the sofa', 'A kitten is sleeping', 'Interest rates rose'],
      'query',
    );
    expect(dot(vectors?.[0], vectors?.[1])).toBeGreaterThan(dot(vectors?.[0], vectors?.[2]));
    await embedder?.close();
  });
});

describe.runIf(present('bancada-tiny-rerank'))('the bundled reranker', () => {
  it('puts the passage that answers first', async () => {
    const reranker = await transformers.reranker?.(options, context('bancada-tiny-rerank'));
    const passages = ['The sword Pelfirnul has a pink colour.', 'The mayor of Vilzu is Kotes Zulon.'];
    const [wrong = 0, right = 0] = (await reranker?.rerank('Who is the mayor of Vilzu?', passages)) ?? [];
    expect(right).toBeGreaterThan(wrong);
    expect(await reranker?.rerank('Who?', [])).toEqual([]);
    await reranker?.close();
  });
});

describe.runIf(present('bancada-tiny'))('a chat', () => {
  const messages: Message[] = [{ role: 'user', content: 'Question: 2+3?' }];
  const request: GenerateRequest = {
    kind: 'generate',
    id: '0',
    prompt: { type: 'messages', messages },
    stop: [],
    maxTokens: 8,
    sampling: { temperature: 0 },
  };
  const first = async (model: LanguageModel | undefined): Promise<LanguageResult | undefined> => {
    if (model === undefined) return undefined;
    for await (const result of model.generate(stream([request]))) {
      await model.close();
      return result;
    }
    return undefined;
  };

  it('is the same text and the same tokens for both engines', async () => {
    const gguf = llamaCpp.options.parse({ file: 'bancada-tiny.gguf', threads: 1, gpu: false });
    const llama = await first(await llamaCpp.language?.(gguf, context('bancada-tiny')));
    const onnx = await first(await transformers.language?.(options, context('bancada-tiny')));
    if (llama?.status !== 'ok' || llama.kind !== 'generate') throw new Error(JSON.stringify(llama));
    expect(onnx).toMatchObject({
      status: 'ok',
      text: llama.text,
      finish: llama.finish,
      tokens: llama.tokens,
    });
    expect(llama.text).not.toContain('<|im_end|>');
  });
});

describe('a model folder', () => {
  it.runIf(present('bancada-tiny'))('without a tokenizer is refused by name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onnx-'));
    cpSync(join(models, 'bancada-tiny'), folder, {
      recursive: true,
      filter: (file) => !file.endsWith('tokenizer.json'),
    });
    await expect(transformers.language?.({ ...options, folder }, context('copy'))).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
      message: expect.stringContaining('lacks tokenizer.json'),
    });
  });

  it('that is absent is named', async () => {
    await expect(transformers.language?.(options, context('no-such-model'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});
