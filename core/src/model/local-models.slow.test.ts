// Bundled models in both engines, against PyTorch.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { LoglikelihoodRequest } from '../request/request.ts';
import type { LanguageModel } from './language-model.ts';
import { llamaCpp } from './llama-cpp.ts';
import type { ProviderContext } from './provider.ts';
import { transformers } from './transformers.ts';

/** From the repository's folder. */
const path = (file: string): string => fileURLToPath(new URL(`../../../${file}`, import.meta.url));
const reference = (file: string): string => path(`core/reference/models/${file}`);
const present = ['loglikelihoods.json', 'generations.json'].every((file) => existsSync(reference(file)));
if (!present) console.log('skipped: core/reference/models holds no loglikelihoods.json and generations.json');

interface Items<Item> {
  readonly items: readonly (Item & { readonly model: string })[];
}
interface Scored {
  readonly context: string;
  readonly continuation: string;
  readonly tokens: number;
  readonly loglikelihood: number;
  readonly greedy: boolean;
}
interface Generated {
  readonly prompt: string;
  readonly ids: readonly number[];
  readonly text: string;
}

function read<Item>(file: string): Items<Item> {
  return JSON.parse(readFileSync(reference(file), 'utf8'));
}

function context(name: string): ProviderContext {
  return {
    name,
    baseDirectory: path(`data/models/${name}`),
    secret: () => undefined,
    network: unrestrictedNetwork,
  };
}

const open = {
  'llama-cpp': (name: string) =>
    llamaCpp.language?.(
      llamaCpp.options.parse({ file: `${name}.gguf`, threads: 1, gpu: false }),
      context(name),
    ),
  transformers: (name: string) =>
    transformers.language?.(transformers.options.parse({ threads: 1 }), context(name)),
};

function score(id: string, text: string, continuation: string): LoglikelihoodRequest {
  return { kind: 'loglikelihood', id, context: { type: 'text', text }, continuation };
}

async function* stream<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

async function collect<Item extends { id: string }>(
  results: AsyncIterable<Item>,
): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  for await (const result of results) found.set(result.id, result);
  return found;
}

const cases = (['llama-cpp', 'transformers'] as const).flatMap((engine) =>
  ['bancada-tiny', 'bancada-micro'].map((name) => ({ engine, name })),
);

describe.runIf(present).each(cases)('$name in $engine', ({ engine, name }) => {
  let model: LanguageModel;
  beforeAll(async () => {
    const opened = await open[engine](name);
    if (opened) model = opened;
  });
  afterAll(() => model?.close());

  it('gives the log-probabilities of PyTorch within 0.02 nats', async () => {
    const items = read<Scored>('loglikelihoods.json').items.filter((item) => item.model === name);
    // White space at a context's end is scored with the continuation (as in lm_eval), the reference reads it: it is taken off again.
    const moved = items.map((item) => item.context.slice(item.context.trimEnd().length));
    const requests = items.flatMap((item, index) => [
      score(`${index}`, item.context, item.continuation),
      ...(moved[index] ? [score(`${index} moved`, item.context.trimEnd(), moved[index])] : []),
    ]);
    const results = await collect(model.loglikelihood(stream(requests)));
    const sum = (id: string): { nats: number; tokens: number } => {
      const result = results.get(id);
      if (result?.status !== 'ok') throw new Error(`${id}: ${result?.message}`);
      return { nats: result.loglikelihood, tokens: result.tokens.output };
    };
    const far = items.flatMap((item, index) => {
      const whole = sum(`${index}`);
      const off = moved[index] ? sum(`${index} moved`) : { nats: 0, tokens: 0 };
      const difference = Math.abs(whole.nats - off.nats - item.loglikelihood);
      return difference <= 0.02 && whole.tokens - off.tokens === item.tokens ? [] : [{ item, difference }];
    });
    expect(items.length).toBeGreaterThanOrEqual(100);
    expect(far).toEqual([]);
  });

  it('writes what PyTorch writes, token for token', async () => {
    const items = read<Generated>('generations.json').items.filter((item) => item.model === name);
    const requests = items.map((item, index) => ({
      kind: 'generate' as const,
      id: `${index}`,
      prompt: { type: 'text' as const, text: item.prompt },
      stop: [],
      maxTokens: 24,
      sampling: { temperature: 0 },
    }));
    const results = await collect(model.generate(stream(requests)));
    const texts = items.map((_, index) => {
      const result = results.get(`${index}`);
      return result?.status === 'ok' && result.kind === 'generate' ? result.text : result;
    });
    expect(texts).toEqual(items.map((item) => item.text.replace(/(<eos>|<\|im_end\|>)$/u, '')));
  });
});
