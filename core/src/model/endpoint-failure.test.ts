// Every way in which a server fails: retried or reported, and never the end of the other samples.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FailedResult, LanguageResult } from '../request/request.ts';
import { questionOf, reply, type TestEndpointOptions } from './test-endpoint.ts';
import {
  afterProbe,
  ask,
  collect,
  openModel,
  question,
  stream,
  testKey,
  testServer,
} from './test-question.ts';

describe('retries', () => {
  it('tries again after 429 as the server asks, and times the last try alone', async () => {
    const endpoint = await testServer(
      afterProbe(
        ({ repeat }, response) => repeat === 0 && reply(response, 429, 'slow down', { 'retry-after': '1' }),
      ),
    );
    const model = await openModel(endpoint.url);
    const start = performance.now();
    const result = await ask(model, question('a'));
    expect(performance.now() - start).toBeGreaterThan(990);
    expect(result).toMatchObject({ status: 'ok', attempts: 2 });
    expect(result.status === 'ok' && result.timing.e2eMs).toBeLessThan(500);
  });

  it('understands Retry-After as a date', async () => {
    const at = () => new Date(Date.now() + 2000).toUTCString();
    const endpoint = await testServer(
      afterProbe(({ repeat }, response) => repeat === 0 && reply(response, 503, '', { 'retry-after': at() })),
    );
    const model = await openModel(endpoint.url);
    const start = performance.now();
    expect(await ask(model, question('a'))).toMatchObject({ status: 'ok', attempts: 2 });
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  it.each([408, 429, 500, 502, 503])('tries %i again, then gives up with the reason', async (status) => {
    const endpoint = await testServer(afterProbe((_, response) => reply(response, status, `no: ${testKey}`)));
    const model = await openModel(endpoint.url, { max_retries: 2 });
    const result = await ask(model, question('a'));
    const reason = status === 429 ? 'rate_limited' : status === 408 ? 'timeout' : 'http_error';
    expect(result).toMatchObject({ status: 'failed', reason, attempts: 3 });
    expect(result.status === 'failed' && result.message).toContain(
      `/v1/completions answered ${status}: "no: ***"`,
    );
  });

  it.each([400, 401, 404, 422])('does not try %i again', async (status) => {
    const endpoint = await testServer(afterProbe((_, response) => reply(response, status, `no: ${testKey}`)));
    const result = await ask(await openModel(endpoint.url), question('a'));
    expect(result).toMatchObject({ status: 'failed', reason: 'http_error', attempts: 1 });
    expect(JSON.stringify(result)).not.toContain(testKey);
  });

  it('does not wait for a server that asks for longer than a try may take', async () => {
    const endpoint = await testServer(
      afterProbe((_, response) => reply(response, 429, 'quota', { 'retry-after': '86400' })),
    );
    expect(await ask(await openModel(endpoint.url), question('a'))).toMatchObject({
      reason: 'rate_limited',
      attempts: 1,
      message: expect.stringContaining('wait for 86400 s'),
    });
  });

  it('asks less at once when the server is overloaded', async () => {
    let active = 0;
    const endpoint = await testServer(
      afterProbe(async (_, response) => {
        active += 1;
        await sleep(10);
        active -= 1;
        return active >= 3 && reply(response, 429, 'busy');
      }),
    );
    const model = await openModel(endpoint.url, { concurrency: 8, max_retries: 20 });
    const requests = Array.from({ length: 40 }, (_, index) => question(`q${index}`));
    const results = await collect(model.generate(stream(requests)));
    expect(results.filter(({ status }) => status === 'ok')).toHaveLength(40);
  });

  it('starts no more requests a minute than allowed', async () => {
    const endpoint = await testServer();
    const model = await openModel(endpoint.url, { requests_per_minute: 1200 });
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
      // A server that is cut off in the middle of writing may be seen as a lost connection first.
      { reason: 'invalid_response', attempts: expect.any(Number), message: expect.stringContaining('1 MiB') },
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
    const one = afterProbe((request, response) =>
      questionOf(request) === 'bad' ? misbehave(request, response) : false,
    );
    const model = await openModel((await testServer(one)).url, { max_retries: 1, timeout_s: 0.3 });
    const results = await collect(
      model.generate(stream([question('good'), question('bad'), question('fine')])),
    );
    expect(results.find(({ id }) => id === 'bad')).toMatchObject({ status: 'failed', ...expected });
    expect(results.filter(({ status }) => status === 'ok')).toHaveLength(2);
    expect(JSON.stringify(results)).not.toContain(testKey);
  });

  it('is given up when it is gone for good, with everything answered kept', async () => {
    const endpoint = await testServer();
    const model = await openModel(endpoint.url, { concurrency: 2, max_retries: 1 });
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
    const endpoint = await testServer(afterProbe(() => true));
    const model = await openModel(endpoint.url);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    const start = performance.now();
    const requests = Array.from({ length: 20 }, (_, index) => question(`q${index}`));
    expect(await collect(model.generate(stream(requests), { signal: abort.signal }))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

function events(response: Parameters<typeof reply>[0], text: string, end: boolean): boolean {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text);
  if (end) response.end();
  return true;
}
