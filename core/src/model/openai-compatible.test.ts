// The provider against a real HTTP server: what it asks, what it makes of answers, and every way in which a server fails.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  FailedResult,
  GenerateRequest,
  GenerateResult,
  LanguageResult,
  LoglikelihoodRequest,
  ScoringRequest,
} from '../request/request.ts';
import type { LanguageModel } from './language-model.ts';
import { openaiCompatible } from './openai-compatible.ts';
import {
  questionOf,
  reply,
  type SeenRequest,
  startTestEndpoint,
  type TestEndpoint,
  type TestEndpointOptions,
  toyLogprob,
  toyTokens,
} from './test-endpoint.ts';

const key = 'sk-CANARY-0123456789';
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function server(options: TestEndpointOptions = {}): Promise<TestEndpoint> {
  const endpoint = await startTestEndpoint(options);
  closing.push(() => endpoint.close());
  return endpoint;
}

async function open(url: string, more: Record<string, unknown> = {}): Promise<LanguageModel> {
  const given = { base_url: url, model: 'toy', api_key_env: 'TOY_KEY', retry_delay_ms: 5, ...more };
  const context = { name: 'toy', baseDirectory: '.', secret: () => key };
  const model = await openaiCompatible.language?.(openaiCompatible.options.parse(given), context);
  if (model === undefined) throw new Error('no language model');
  closing.push(() => model.close());
  return model;
}

/** Leaves the probe alone: its questions are `Hello` and the cat on the mat. */
function toOthers(misbehave: NonNullable<TestEndpointOptions['misbehave']>): TestEndpointOptions {
  return {
    misbehave: (request, response) => {
      const probing = request.path === '/v1/models' || /^(Hello|The cat)/.test(questionOf(request));
      return probing ? false : misbehave(request, response);
    },
  };
}

function question(text: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
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

function chat(text: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
  return question(text, {
    prompt: { type: 'messages', messages: [{ role: 'user', content: text }] },
    ...more,
  });
}

function pair(text: string, continuation: string): LoglikelihoodRequest {
  const context = { type: 'text', text } as const;
  return { kind: 'loglikelihood', id: `${text}|${continuation}`, context, continuation };
}

async function* stream<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

async function collect<Result>(results: AsyncIterable<Result>): Promise<Result[]> {
  const found: Result[] = [];
  for await (const result of results) found.push(result);
  return found;
}

async function ask(model: LanguageModel, request: GenerateRequest): Promise<GenerateResult | FailedResult> {
  const [result] = await collect(model.generate(stream([request])));
  if (result === undefined) throw new Error('no result');
  return result;
}

async function scoreOf(model: LanguageModel, request: ScoringRequest) {
  const [result] = await collect(model.loglikelihood(stream([request])));
  return result;
}

describe('generation', () => {
  it('streams a completion with text, finish, the server’s token counts and times', async () => {
    const model = await open((await server()).url);
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
    const endpoint = await server();
    const model = await open(endpoint.url, { extra_body: { top_n: 3 }, headers: { 'x-team': 'blue' } });
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
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(headers['x-team']).toBe('blue');
  });

  it('cuts at a stop string even when the server ignores it, across pieces', async () => {
    const model = await open((await server()).url);
    expect(await ask(model, question('a b c d', { stop: ['c b'] }))).toMatchObject({
      text: ' d ',
      finish: 'stop',
    });
  });

  it('says when the limit of tokens ended the answer', async () => {
    const model = await open((await server()).url);
    expect(await ask(model, question('a b c d', { maxTokens: 2 }))).toMatchObject({
      text: ' d c',
      finish: 'length',
    });
  });

  it('puts a text to a chat when there are no completions', async () => {
    const endpoint = await server({
      misbehave: ({ path }, response) => path === '/v1/completions' && reply(response, 404, 'no such route'),
    });
    const model = await open(endpoint.url);
    expect(model.capabilities).toMatchObject({ chat: true, completion: false, loglikelihood: false });
    expect(model.capabilities.missing?.completion).toContain('answered 404');
    expect(await ask(model, question('a b'))).toMatchObject({ status: 'ok', text: ' ba' });
  });

  it('refuses messages where there is no chat', async () => {
    const model = await open((await server({ chat: false })).url);
    expect(await ask(model, chat('a b'))).toMatchObject({ status: 'failed', reason: 'capability_missing' });
  });

  it('counts pieces where the server counts no tokens, and says so', async () => {
    const model = await open((await server({ usage: false })).url);
    expect(await ask(model, question('a b c'))).toMatchObject({ tokens: { prompt: 0, output: 3 } });
    expect(model.info.options.token_counts).toContain('pieces of the stream');
  });

  it('learns that stream_options, max_tokens or many stop strings are refused', async () => {
    const endpoint = await server({
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
    const model = await open(endpoint.url);
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
    const model = await open(
      (await server(toOthers((_, response) => reply(response, 200, JSON.stringify(body))))).url,
    );
    const result = await ask(model, chat('x'));
    expect(result).toMatchObject({ text: 'whole', tokens: { prompt: 2, output: 1 } });
    expect(result.status === 'ok' && result.timing.ttftMs).toBeUndefined();
  });

  it('gives each request its own answer whatever the order, on kept connections within the bound', async () => {
    const endpoint = await server({ latencyMs: 3 });
    const model = await open(endpoint.url, { concurrency: 5 });
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

describe('log-probabilities', () => {
  it.each([undefined, '<s>'])(
    'sums the continuation’s tokens, with the token %s before the text',
    async (bos) => {
      const model = await open((await server(bos === undefined ? {} : { bos })).url);
      expect(model.capabilities).toEqual({
        chat: true,
        completion: true,
        loglikelihood: true,
        seed: true,
        missing: {},
      });
      const before = [...(bos === undefined ? [] : [bos]), ...toyTokens('a b a b')];
      const expected = toyLogprob(before, ' a') + toyLogprob([...before, ' a'], ' c');
      const result = await scoreOf(model, pair('a b a b', ' a c'));
      expect(result).toMatchObject({ status: 'ok', isGreedy: false, tokens: { output: 2, dropped: 0 } });
      expect(result?.status === 'ok' && result.loglikelihood).toBeCloseTo(expected, 10);
    },
  );

  it('says whether every token is the likeliest', async () => {
    const model = await open((await server()).url);
    expect(await scoreOf(model, pair('x a a a', ' a'))).toMatchObject({ isGreedy: true });
    expect(await scoreOf(model, pair('x a a a', ' x'))).toMatchObject({ isGreedy: false });
  });

  it('moves the context’s trailing space to the continuation and counts code points', async () => {
    const endpoint = await server();
    const model = await open(endpoint.url);
    const spaced = await scoreOf(model, pair('😀 é 😀 ', 'é'));
    const joined = await scoreOf(model, pair('😀 é 😀', ' é'));
    expect(spaced?.status === 'ok' && spaced.loglikelihood).toBe(
      joined?.status === 'ok' && joined.loglikelihood,
    );
    expect(joined).toMatchObject({ status: 'ok', tokens: { prompt: 3, output: 1 } });
  });

  it('reports a token that spans the join instead of scoring it', async () => {
    const model = await open((await server()).url);
    expect(await scoreOf(model, pair('hel', 'lo'))).toMatchObject({
      status: 'failed',
      reason: 'empty_continuation',
      message: expect.stringContaining('"lo"'),
    });
  });

  it('scores a text without context behind a given prefix, and says what is missing without one', async () => {
    const endpoint = await server();
    const rolling: ScoringRequest = { kind: 'loglikelihood_rolling', id: 'r', text: ' a b' };
    expect(await scoreOf(await open(endpoint.url), rolling)).toMatchObject({
      reason: 'capability_missing',
      message: expect.stringContaining('"prefix"'),
    });
    const result = await scoreOf(await open(endpoint.url, { prefix: '<|end|>' }), rolling);
    const expected = toyLogprob(['<|end|>'], ' a') + toyLogprob(['<|end|>', ' a'], ' b');
    expect(result?.status === 'ok' && result.loglikelihood).toBeCloseTo(expected, 10);
  });

  it('asks nothing where the probe found none, and says why', async () => {
    const endpoint = await server({ echo: 'generated' });
    const model = await open(endpoint.url);
    expect(model.capabilities.loglikelihood).toBe(false);
    expect(model.capabilities.missing?.loglikelihood).toContain('generates only');
    const before = endpoint.seen.length;
    expect(await scoreOf(model, pair('a', ' b'))).toMatchObject({ reason: 'capability_missing' });
    expect(endpoint.seen).toHaveLength(before);
  });
});

describe('retries', () => {
  it('tries again after 429 as the server asks, and times the last try alone', async () => {
    const endpoint = await server(
      toOthers(
        ({ repeat }, response) => repeat === 0 && reply(response, 429, 'slow down', { 'retry-after': '1' }),
      ),
    );
    const model = await open(endpoint.url);
    const start = performance.now();
    const result = await ask(model, question('a'));
    expect(performance.now() - start).toBeGreaterThan(990);
    expect(result).toMatchObject({ status: 'ok', attempts: 2 });
    expect(result.status === 'ok' && result.timing.e2eMs).toBeLessThan(500);
  });

  it('understands Retry-After as a date', async () => {
    const at = () => new Date(Date.now() + 2000).toUTCString();
    const endpoint = await server(
      toOthers(({ repeat }, response) => repeat === 0 && reply(response, 503, '', { 'retry-after': at() })),
    );
    const model = await open(endpoint.url);
    const start = performance.now();
    expect(await ask(model, question('a'))).toMatchObject({ status: 'ok', attempts: 2 });
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  it.each([408, 429, 500, 502, 503])('tries %i again, then gives up with the reason', async (status) => {
    const endpoint = await server(toOthers((_, response) => reply(response, status, `no: ${key}`)));
    const model = await open(endpoint.url, { max_retries: 2 });
    const result = await ask(model, question('a'));
    const reason = status === 429 ? 'rate_limited' : status === 408 ? 'timeout' : 'http_error';
    expect(result).toMatchObject({ status: 'failed', reason, attempts: 3 });
    expect(result.status === 'failed' && result.message).toContain(
      `/v1/completions answered ${status}: "no: ***"`,
    );
  });

  it.each([400, 401, 404, 422])('does not try %i again', async (status) => {
    const endpoint = await server(toOthers((_, response) => reply(response, status, `no: ${key}`)));
    const result = await ask(await open(endpoint.url), question('a'));
    expect(result).toMatchObject({ status: 'failed', reason: 'http_error', attempts: 1 });
    expect(JSON.stringify(result)).not.toContain(key);
  });

  it('does not wait for a server that asks for longer than a try may take', async () => {
    const endpoint = await server(
      toOthers((_, response) => reply(response, 429, 'quota', { 'retry-after': '86400' })),
    );
    expect(await ask(await open(endpoint.url), question('a'))).toMatchObject({
      reason: 'rate_limited',
      attempts: 1,
      message: expect.stringContaining('wait for 86400 s'),
    });
  });

  it('asks less at once when the server is overloaded', async () => {
    let active = 0;
    const endpoint = await server(
      toOthers(async (_, response) => {
        active += 1;
        await sleep(10);
        active -= 1;
        return active >= 3 && reply(response, 429, 'busy');
      }),
    );
    const model = await open(endpoint.url, { concurrency: 8, max_retries: 20 });
    const requests = Array.from({ length: 40 }, (_, index) => question(`q${index}`));
    const results = await collect(model.generate(stream(requests)));
    expect(results.filter(({ status }) => status === 'ok')).toHaveLength(40);
  });

  it('starts no more requests a minute than allowed', async () => {
    const endpoint = await server();
    const model = await open(endpoint.url, { requests_per_minute: 1200 });
    const start = performance.now();
    await collect(model.generate(stream(Array.from({ length: 7 }, (_, index) => question(`q${index}`)))));
    expect(performance.now() - start).toBeGreaterThan(6 * 50 - 5);
  });
});

describe('bad answers', () => {
  const faults: [string, NonNullable<TestEndpointOptions['misbehave']>, Partial<FailedResult>][] = [
    [
      'not JSON',
      (_, response) => reply(response, 200, '<html>login</html>', { 'content-type': 'text/html' }),
      { reason: 'invalid_response', attempts: 1, message: expect.stringContaining('<html>login') },
    ],
    [
      'no choices',
      (_, response) => reply(response, 200, '{"choices": []}'),
      { reason: 'invalid_response', attempts: 1, message: expect.stringContaining('no choices') },
    ],
    [
      'another form',
      (_, response) => reply(response, 200, '{"choices": "many"}'),
      { reason: 'invalid_response', attempts: 1, message: expect.stringContaining('another form') },
    ],
    [
      'an event that is not JSON',
      (_, response) => events(response, 'data: {"choi\n\n', true),
      { reason: 'invalid_response', attempts: 1, message: expect.stringContaining('not JSON') },
    ],
    [
      'half a stream',
      (_, response) => events(response, 'data: {"choices":[{"text":"ha"}]}\n\n', true),
      {
        reason: 'connection_failed',
        attempts: 2,
        message: expect.stringContaining('before the answer was complete'),
      },
    ],
    [
      'a reset in the middle of a stream',
      async (_, response) => {
        events(response, 'data: {"choices":[{"text":"ha"}]}\n\n', false);
        await sleep(20);
        response.socket?.resetAndDestroy();
        return true;
      },
      { reason: 'connection_failed', attempts: 2 },
    ],
    [
      'a reset before the answer',
      (_, response) => {
        response.socket?.resetAndDestroy();
        return true;
      },
      { reason: 'connection_failed', attempts: 2 },
    ],
    [
      'silence',
      () => true,
      { reason: 'timeout', attempts: 2, message: expect.stringContaining('within 0.3 s') },
    ],
    [
      'a stream that falls silent',
      (_, response) => events(response, 'data: {"choices":[{"text":"ha"}]}\n\n', false),
      { reason: 'timeout', attempts: 2 },
    ],
    [
      'a token of 10 MB',
      (_, response) => events(response, `data: {"choices":[{"text":"${'x'.repeat(10_000_000)}"}]}\n\n`, true),
      { reason: 'invalid_response', attempts: 1, message: expect.stringContaining('1 MiB') },
    ],
    [
      'an error inside the stream',
      (_, response) => events(response, 'data: {"error":{"message":"out of memory","code":500}}\n\n', true),
      { reason: 'http_error', attempts: 2, message: expect.stringContaining('out of memory') },
    ],
    [
      'a prompt that is too long',
      (_, response) =>
        reply(response, 400, '{"error":{"message":"This model\'s maximum context length is 8"}}'),
      { reason: 'context_overflow', attempts: 1 },
    ],
    [
      'a redirection',
      (_, response) => reply(response, 302, '', { location: 'http://127.0.0.1:9/' }),
      { reason: 'http_error', attempts: 1, message: expect.stringContaining('302') },
    ],
  ];

  it.each(faults)('%s fails the sample alone, with its reason', async (_, misbehave, expected) => {
    const one = toOthers((request, response) =>
      questionOf(request) === 'bad' ? misbehave(request, response) : false,
    );
    const model = await open((await server(one)).url, { max_retries: 1, timeout_s: 0.3 });
    const results = await collect(
      model.generate(stream([question('good'), question('bad'), question('fine')])),
    );
    expect(results.find(({ id }) => id === 'bad')).toMatchObject({ status: 'failed', ...expected });
    expect(results.filter(({ status }) => status === 'ok')).toHaveLength(2);
    expect(JSON.stringify(results)).not.toContain(key);
  });

  it('is given up when it is gone for good, with everything answered kept', async () => {
    const endpoint = await server();
    const model = await open(endpoint.url, { concurrency: 2, max_retries: 1 });
    const results: LanguageResult[] = [];
    const run = async () => {
      const requests = Array.from({ length: 100 }, (_, index) => question(`q${index}`));
      for await (const result of model.generate(stream(requests))) {
        results.push(result);
        if (results.length === 10) await endpoint.close();
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    expect(results.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(10);
    expect(results.length).toBeLessThan(30);
  });

  it('ends at once when aborted, and lets go of the server', async () => {
    const endpoint = await server(toOthers(() => true));
    const model = await open(endpoint.url);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    const start = performance.now();
    const requests = Array.from({ length: 20 }, (_, index) => question(`q${index}`));
    expect(await collect(model.generate(stream(requests), { signal: abort.signal }))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('opening', () => {
  it('names the address when nothing listens there', async () => {
    const port = await freePort();
    await expect(open(`http://127.0.0.1:${port}/v1`)).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringMatching(/nothing listens there.*Is the server running/),
    });
  });

  it('says that the key was refused, without showing it', async () => {
    const endpoint = await server({ misbehave: (_, response) => reply(response, 401, `bad key ${key}`) });
    const error = await open(endpoint.url).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'ENDPOINT_FAILED', message: expect.stringContaining('TOY_KEY') });
    expect(JSON.stringify([error, String(error), (error as Error).cause])).not.toContain(key);
  });

  it('suggests the nearest model that the server lists', async () => {
    const refuse = ({ path }: { path: string }, response: Parameters<typeof reply>[0]) =>
      path !== '/v1/models' && reply(response, 404, 'no such model');
    const endpoint = await server({ misbehave: refuse });
    await expect(open(endpoint.url, { model: 'toi' })).rejects.toMatchObject({
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
    const endpoint = await server();
    const model = await open(endpoint.url, { headers: { 'x-secret': 'very-secret-value' } });
    expect(model.info).toMatchObject({ name: 'toy', provider: 'openai-compatible', contextLength: 4096 });
    expect(model.info.engine).toContain('tests');
    expect(JSON.stringify(model.info)).not.toMatch(/very-secret-value|CANARY/);
    const others = await open(endpoint.url, { concurrency: 3, headers: {} });
    expect(others.info.fingerprint).toBe(model.info.fingerprint);
    const warmer = await open(endpoint.url, { extra_body: { min_p: 0.1 } });
    expect(warmer.info.fingerprint).not.toBe(model.info.fingerprint);
  });
});

function events(response: Parameters<typeof reply>[0], text: string, end: boolean): boolean {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text);
  if (end) response.end();
  return true;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
