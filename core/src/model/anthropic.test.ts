// The Messages API over real HTTP: what is sent, what is read, what is counted and timed, what fails and what is blocked.

import { expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { GenerateRequest } from '../request/request.ts';
import { anthropic } from './anthropic.ts';
import type { LanguageModel } from './language-model.ts';
import { resolveModel } from './open.ts';
import { type AnthropicMisbehaviour, startTestAnthropic } from './test-anthropic.ts';

const key = 'sk-ant-CANARY-0123456789';
const context = { name: 'claude', baseDirectory: '.', secret: () => key, network: unrestrictedNetwork };

async function open(misbehave?: AnthropicMisbehaviour) {
  const server = await startTestAnthropic(key, misbehave);
  const options = {
    base_url: server.url,
    model: 'claude-test',
    api_key_env: 'ANTHROPIC_API_KEY',
    retry_delay_ms: 1,
    max_retries: 2,
  };
  const model = await anthropic.language?.(anthropic.options.parse(options), context);
  if (model === undefined) throw new Error('no language model');
  return {
    server,
    model,
    async [Symbol.asyncDispose]() {
      await model.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function ask(model: LanguageModel, request: Partial<GenerateRequest>) {
  const whole: GenerateRequest = {
    kind: 'generate',
    id: 'q',
    prompt: { type: 'text', text: 'one two three' },
    stop: [],
    maxTokens: 16,
    sampling: { temperature: 0 },
    ...request,
  };
  async function* requests() {
    yield whole;
  }
  const [result] = await Array.fromAsync(model.generate(requests()));
  return result;
}

it('streams an answer with its counts and times', async () => {
  await using opened = await open();
  const result = await ask(opened.model, {});
  expect(result).toMatchObject({
    status: 'ok',
    text: 'three two one',
    finish: 'stop',
    attempts: 1,
    tokens: { prompt: 5, output: 3, dropped: 0 },
  });
  if (result?.status !== 'ok') throw new Error('failed');
  expect(result.timing.interTokenMs).toHaveLength(2);
  expect(result.timing.ttftMs).toBeLessThanOrEqual(result.timing.e2eMs);
  const sent = opened.server.seen.at(-1);
  expect(sent).toMatchObject({
    path: '/v1/messages',
    headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
  });
  expect(sent?.headers.authorization).toBeUndefined();
});

it('puts system messages apart, sends the stops that the API takes and cuts the others itself', async () => {
  await using opened = await open();
  const messages = [
    { role: 'system' as const, content: 'Be brief.' },
    { role: 'user' as const, content: 'c \n b a' },
  ];
  const result = await ask(opened.model, {
    prompt: { type: 'messages', messages },
    stop: ['\n', 'END'],
    sampling: { temperature: 0.5, topP: 0.9, topK: 5, seed: 1 },
  });
  expect(opened.server.seen.at(-1)?.body).toEqual({
    model: 'claude-test',
    max_tokens: 16,
    system: 'Be brief.',
    messages: [{ role: 'user', content: 'c \n b a' }],
    temperature: 0.5,
    top_p: 0.9,
    top_k: 5,
    stop_sequences: ['END'],
    stream: true,
  });
  expect(result).toMatchObject({ text: 'a b ', finish: 'stop' });
  expect(await ask(opened.model, { maxTokens: 2 })).toMatchObject({ text: 'three two', finish: 'length' });
});

it('tries an overloaded server again, in the answer and in its stream', async () => {
  let calls = 0;
  await using opened = await open((_seen, response) => {
    calls += 1;
    if (calls === 2) {
      response.writeHead(529, { 'content-type': 'application/json' });
      response.end('{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}');
      return true;
    }
    if (calls !== 3) return false;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"x"}}\n\n',
    );
    return true;
  });
  expect(await ask(opened.model, {})).toMatchObject({ status: 'ok', attempts: 3, text: 'three two one' });
});

it('does not take half a stream for an answer', async () => {
  let calls = 0;
  await using opened = await open((_seen, response) => {
    calls += 1;
    if (calls === 1) return false;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(
      'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ha"}}\n\n',
    );
    return true;
  });
  const result = await ask(opened.model, {});
  expect(result).toMatchObject({ status: 'failed', reason: 'connection_failed', attempts: 3 });
});

it('tells a wrong key and a wrong model, and never the key', async () => {
  await using server = await startTestAnthropic('another key');
  const options = anthropic.options.parse({ base_url: server.url, model: 'claude-test', api_key_env: 'K' });
  await expect(anthropic.language?.(options, context)).rejects.toThrow(/answered 401.*authentication_error/);
  await expect(anthropic.language?.(options, context)).rejects.not.toThrow(key);
  await using right = await startTestAnthropic(key);
  const wrong = anthropic.options.parse({ base_url: right.url, model: 'claude-tset', api_key_env: 'K' });
  await expect(anthropic.probe?.(wrong, context, {})).rejects.toMatchObject({ code: 'UNKNOWN_NAME' });
});

it('says what the protocol lacks, check by check', async () => {
  await using server = await startTestAnthropic(key);
  const resolved = await resolveModel(
    { provider: 'anthropic', base_url: server.url, model: '*', api_key_env: 'K' },
    { homes: [], baseDirectory: '.', secret: () => key, network: unrestrictedNetwork },
  );
  const told: string[] = [];
  const found = await anthropic.probe?.(anthropic.options.parse(resolved.options), resolved.context, {
    onCheck: ({ capability, works }) => told.push(`${capability} ${works}`),
  });
  expect(found).toMatchObject({
    model: 'claude-test',
    models: ['claude-test'],
    countsTokens: true,
    capabilities: {
      chat: true,
      loglikelihood: false,
      missing: { loglikelihood: expect.stringContaining('log-probabilities') },
    },
  });
  expect(told).toContain('chat true');
  expect(told).toContain('loglikelihood false');
});
