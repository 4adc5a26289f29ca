// What the tests of an endpoint share: a server and a model that are closed after the test, and questions to them.

import { afterEach } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type {
  FailedResult,
  GenerateRequest,
  GenerateResult,
  LoglikelihoodRequest,
  LoglikelihoodResult,
  ScoringRequest,
} from '../request/request.ts';
import type { LanguageModel } from './language-model.ts';
import { openaiCompatible } from './openai-compatible.ts';
import {
  questionOf,
  startTestEndpoint,
  type TestEndpoint,
  type TestEndpointOptions,
} from './test-endpoint.ts';

/** The key that the tests send; it must turn up nowhere else. */
export const testKey = 'sk-CANARY-0123456789';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server until the end of the test. */
export async function testServer(options: TestEndpointOptions = {}): Promise<TestEndpoint> {
  const endpoint = await startTestEndpoint(options);
  closing.push(() => endpoint.close());
  return endpoint;
}

/** An open model until the end of the test. */
export async function openModel(url: string, more: Record<string, unknown> = {}): Promise<LanguageModel> {
  const given = { base_url: url, model: 'toy', api_key_env: 'TOY_KEY', retry_delay_ms: 5, ...more };
  const context = { name: 'toy', baseDirectory: '.', secret: () => testKey, network: unrestrictedNetwork };
  const model = await openaiCompatible.language?.(openaiCompatible.options.parse(given), context);
  if (model === undefined) throw new Error('no language model');
  closing.push(() => model.close());
  return model;
}

/** Leaves the probe alone: its questions are `Hello` and stories of cats and girls. */
export function afterProbe(misbehave: NonNullable<TestEndpointOptions['misbehave']>): TestEndpointOptions {
  return {
    misbehave: (request, response) => {
      const probing =
        request.path === '/v1/models' || /^(Hello|The cat|The little|She was)/.test(questionOf(request));
      return probing ? false : misbehave(request, response);
    },
  };
}

/** A text to go on with; the text is the id. */
export function question(text: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
  const prompt = { type: 'text', text } as const;
  return {
    kind: 'generate',
    id: text,
    prompt,
    stop: [],
    maxTokens: 64,
    sampling: { temperature: 0 },
    ...more,
  };
}

/** The same as one message of a user. */
export function chat(text: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
  return question(text, {
    prompt: { type: 'messages', messages: [{ role: 'user', content: text }] },
    ...more,
  });
}

/** A context and its continuation. */
export function pair(text: string, continuation: string): LoglikelihoodRequest {
  const context = { type: 'text', text } as const;
  return { kind: 'loglikelihood', id: `${text}|${continuation}`, context, continuation };
}

/** The items as a stream. */
export async function* stream<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

/** Everything that a stream gives. */
export async function collect<Result>(results: AsyncIterable<Result>): Promise<Result[]> {
  const found: Result[] = [];
  for await (const result of results) found.push(result);
  return found;
}

/** The answer to one question. */
export async function ask(
  model: LanguageModel,
  request: GenerateRequest,
): Promise<GenerateResult | FailedResult> {
  const [result] = await collect(model.generate(stream([request])));
  if (result === undefined) throw new Error('no result');
  return result;
}

/** The score of one text. */
export async function scoreOf(
  model: LanguageModel,
  request: ScoringRequest,
): Promise<LoglikelihoodResult | FailedResult> {
  const [result] = await collect(model.loglikelihood(stream([request])));
  if (result === undefined) throw new Error('no result');
  return result;
}
