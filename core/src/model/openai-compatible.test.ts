// The provider against a real HTTP server: how it opens, what it asks and what it makes of answers.

import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import { openaiCompatible } from './openai-compatible.ts';
import { reply, type SeenRequest } from './test-endpoint.ts';
import {
  afterProbe,
  ask,
  chat,
  collect,
  openModel,
  question,
  stream,
  testKey,
  testServer,
} from './test-question.ts';

describe('generation', () => {
  it('streams a completion with text, finish, the server’s token counts and times', async () => {
    const model = await openModel((await testServer()).url);
    const result = await ask(model, question('one two three'));
    expect(result).toMatchObject({
      status: 'ok',
      text: ' three twoone',
      finish: 'stop',
      tokens: { prompt: 4, output: 3, dropped: 0 },
      attempts: 1,
    });
    if (result.status !== 'ok') return;
    const { ttftMs = Number.NaN, e2eMs, interTokenMs = [], queueMs } = result.timing;
    expect(interTokenMs).toHaveLength(2);
    expect(ttftMs).toBeGreaterThanOrEqual(queueMs);
    expect(e2eMs).toBeGreaterThanOrEqual(ttftMs + interTokenMs.reduce((sum, gap) => sum + gap, 0) - 1e-6);
  });

  it('asks with what the request says: messages, limits, sampling, seed, stop strings, further keys', async () => {
    const endpoint = await testServer();
    const model = await openModel(endpoint.url, { extra_body: { top_n: 3 }, headers: { 'x-team': 'blue' } });
    const sampling = { temperature: 0.5, topP: 0.9, topK: 4, seed: 7 };
    await ask(model, chat('a b', { sampling, stop: ['x', 'y'], maxTokens: 9 }));
    const { body, headers, path } = endpoint.seen.at(-1) as SeenRequest;
    expect(path).toBe('/v1/chat/completions');
    expect(body).toEqual({
      model: 'toy',
      messages: [{ role: 'user', content: 'a b' }],
      max_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 4,
      seed: 7,
      stop: ['x', 'y'],
      stream: true,
      stream_options: { include_usage: true },
      top_n: 3,
    });
    expect(headers.authorization).toBe(`Bearer ${testKey}`);
    expect(headers['x-team']).toBe('blue');
  });

  it('cuts at a stop string even when the server ignores it, across pieces', async () => {
    const model = await openModel((await testServer()).url);
    expect(await ask(model, question('a b c d', { stop: ['c b'] }))).toMatchObject({
      text: ' d ',
      finish: 'stop',
    });
  });

  it('says when the limit of tokens ended the answer', async () => {
    const model = await openModel((await testServer()).url);
    expect(await ask(model, question('a b c d', { maxTokens: 2 }))).toMatchObject({
      text: ' d c',
      finish: 'length',
    });
  });

  it('puts a text to a chat when there are no completions', async () => {
    const endpoint = await testServer({
      misbehave: ({ path }, response) => path === '/v1/completions' && reply(response, 404, 'no such route'),
    });
    const model = await openModel(endpoint.url);
    expect(model.capabilities).toMatchObject({ chat: true, completion: false, loglikelihood: false });
    expect(model.capabilities.missing?.completion).toContain('answered 404');
    expect(await ask(model, question('a b'))).toMatchObject({ status: 'ok', text: ' ba' });
  });

  it('refuses messages where there is no chat', async () => {
    const model = await openModel((await testServer({ chat: false })).url);
    expect(await ask(model, chat('a b'))).toMatchObject({ status: 'failed', reason: 'capability_missing' });
  });

  it('counts pieces where the server counts no tokens, and says so', async () => {
    const model = await openModel((await testServer({ usage: false })).url);
    expect(await ask(model, question('a b c'))).toMatchObject({ tokens: { prompt: 0, output: 3 } });
    expect(model.info.options.token_counts).toContain('pieces of the stream');
  });

  it('learns that stream_options, max_tokens or many stop strings are refused', async () => {
    const endpoint = await testServer({
      misbehave: ({ body, path }, response) => {
        if (path === '/v1/models') return false;
        const fault = (message: string) => reply(response, 400, JSON.stringify({ error: { message } }));
        if (body.stream_options) return fault('Unrecognized request argument: stream_options');
        if (body.max_tokens !== undefined && path.includes('chat')) {
          return fault("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");
        }
        if (Array.isArray(body.stop) && body.stop.length > 4) return fault("'stop' has at most 4 entries");
        return false;
      },
    });
    const model = await openModel(endpoint.url);
    const stop = ['1', '2', '3', '4', 'b'];
    expect(await ask(model, chat('a b c', { stop }))).toMatchObject({
      status: 'ok',
      text: ' c ',
      attempts: 1,
    });
    expect(endpoint.seen.at(-1)?.body).toMatchObject({ max_completion_tokens: 64, stop: stop.slice(0, 4) });
  });

  it('takes an answer in one piece from a server that does not stream, without times of tokens', async () => {
    const body = {
      choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 2, completion_tokens: 1 },
    };
    const model = await openModel(
      (await testServer(afterProbe((_, response) => reply(response, 200, JSON.stringify(body))))).url,
    );
    const result = await ask(model, chat('x'));
    expect(result).toMatchObject({ text: 'whole', tokens: { prompt: 2, output: 1 } });
    expect(result.status === 'ok' && result.timing.ttftMs).toBeUndefined();
  });

  it('gives each request its own answer whatever the order, on kept connections within the bound', async () => {
    const endpoint = await testServer({ latencyMs: 3 });
    const model = await openModel(endpoint.url, { concurrency: 5 });
    const requests = Array.from({ length: 60 }, (_, index) => question(`q${index} a${index}`));
    const results = await collect(model.generate(stream(requests)));
    expect(results).toHaveLength(60);
    for (const result of results) {
      const [first = '', second = ''] = result.id.split(' ');
      expect(result).toMatchObject({ status: 'ok', text: ` ${second}${first}` });
    }
    expect(endpoint.mostAtOnce()).toBe(5);
    expect(endpoint.connections()).toBeLessThanOrEqual(6);
  });
});

describe('opening', () => {
  it('names the address when nothing listens there', async () => {
    const port = await freePort();
    await expect(openModel(`http://127.0.0.1:${port}/v1`)).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringMatching(/nothing listens there.*Is the server running/),
    });
  });

  it('gives up on a server that accepts and stays silent', async () => {
    const endpoint = await testServer({ misbehave: () => true });
    await expect(openModel(endpoint.url, { timeout_s: 0.2 })).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringContaining('no complete answer within 0.2 s'),
    });
  });

  it('shows no key that stands in the address', async () => {
    const port = await freePort();
    const opening = openModel(`http://127.0.0.1:${port}/v1?key=${testKey}`);
    const error = await opening.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'ENDPOINT_FAILED', message: expect.stringContaining('/v1?…') });
    expect(JSON.stringify([error, String(error)])).not.toContain(testKey);
  });

  it('says that the key was refused, without showing it', async () => {
    const endpoint = await testServer({
      misbehave: (_, response) => reply(response, 401, `bad key ${testKey}`),
    });
    const error = await openModel(endpoint.url).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'ENDPOINT_FAILED', message: expect.stringContaining('TOY_KEY') });
    expect(JSON.stringify([error, String(error), (error as Error).cause])).not.toContain(testKey);
  });

  it('suggests the nearest model that the server lists', async () => {
    const refuse = ({ path }: { path: string }, response: Parameters<typeof reply>[0]) =>
      path !== '/v1/models' && reply(response, 404, 'no such model');
    const endpoint = await testServer({ misbehave: refuse });
    await expect(openModel(endpoint.url, { model: 'toi' })).rejects.toMatchObject({
      code: 'UNKNOWN_NAME',
      message: expect.stringContaining('did you mean "toy"'),
    });
  });

  it('says which variable should hold the key', async () => {
    const options = openaiCompatible.options.parse({
      base_url: 'http://localhost/v1',
      model: 'm',
      api_key_env: 'NO_KEY',
    });
    const opening = openaiCompatible.language?.(options, {
      name: 'm',
      baseDirectory: '.',
      secret: () => undefined,
      network: unrestrictedNetwork,
    });
    await expect(opening).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('NO_KEY'),
    });
  });

  it.each(['ftp://host/v1', 'localhost:8000', 'http://user:pass@host/v1'])(
    'refuses the address %s',
    (base_url) => {
      expect(openaiCompatible.options.safeParse({ base_url, model: 'm' }).success).toBe(false);
    },
  );

  it('records what can change an answer, and no secret', async () => {
    const endpoint = await testServer();
    const model = await openModel(endpoint.url, { headers: { 'x-secret': 'very-secret-value' } });
    expect(model.info).toMatchObject({ name: 'toy', provider: 'openai-compatible', contextLength: 4096 });
    expect(model.info.engine).toContain('tests');
    expect(JSON.stringify(model.info)).not.toMatch(/very-secret-value|CANARY/);
    const others = await openModel(endpoint.url, { concurrency: 3, headers: {} });
    expect(others.info.fingerprint).toBe(model.info.fingerprint);
    const warmer = await openModel(endpoint.url, { extra_body: { min_p: 0.1 } });
    expect(warmer.info.fingerprint).not.toBe(model.info.fingerprint);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
