// Log-probabilities over HTTP against a toy language model whose numbers are known.

import { describe, expect, it } from 'vitest';
import { unrestrictedNetwork as network } from '../network/network-policy.ts';
import type { ScoringRequest } from '../request/request.ts';
import { probeEndpoint } from './endpoint-probe.ts';
import { reply, type TestEndpointOptions, toyLogprob, toyTokens } from './test-endpoint.ts';
import { openModel, pair, scoreOf, testServer } from './test-question.ts';

describe('log-probabilities', () => {
  it.each([undefined, '<s>'])(
    'sums the continuation’s tokens, with the token %s before the text',
    async (bos) => {
      const model = await openModel((await testServer(bos === undefined ? {} : { bos })).url);
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
    const model = await openModel((await testServer()).url);
    expect(await scoreOf(model, pair('x a a a', ' a'))).toMatchObject({ isGreedy: true });
    expect(await scoreOf(model, pair('x a a a', ' x'))).toMatchObject({ isGreedy: false });
  });

  it('moves the context’s trailing space to the continuation and counts code points', async () => {
    const endpoint = await testServer();
    const model = await openModel(endpoint.url);
    const spaced = await scoreOf(model, pair('😀 é 😀 ', 'é'));
    const joined = await scoreOf(model, pair('😀 é 😀', ' é'));
    expect(spaced?.status === 'ok' && spaced.loglikelihood).toBe(
      joined?.status === 'ok' && joined.loglikelihood,
    );
    expect(joined).toMatchObject({ status: 'ok', tokens: { prompt: 3, output: 1 } });
  });

  it('reports a token that spans the join instead of scoring it', async () => {
    const model = await openModel((await testServer()).url);
    expect(await scoreOf(model, pair('hel', 'lo'))).toMatchObject({
      status: 'failed',
      reason: 'empty_continuation',
      message: expect.stringContaining('"lo"'),
    });
  });

  it('scores a text without context behind a given prefix, and says what is missing without one', async () => {
    const endpoint = await testServer();
    const rolling: ScoringRequest = { kind: 'loglikelihood_rolling', id: 'r', text: ' a b' };
    expect(await scoreOf(await openModel(endpoint.url), rolling)).toMatchObject({
      reason: 'capability_missing',
      message: expect.stringContaining('"prefix"'),
    });
    const result = await scoreOf(await openModel(endpoint.url, { prefix: '<|end|>' }), rolling);
    const expected = toyLogprob(['<|end|>'], ' a') + toyLogprob(['<|end|>', ' a'], ' b');
    expect(result?.status === 'ok' && result.loglikelihood).toBeCloseTo(expected, 10);
  });

  it('asks nothing where the probe found none, and says why', async () => {
    const endpoint = await testServer({ echo: 'generated' });
    const model = await openModel(endpoint.url);
    expect(model.capabilities.loglikelihood).toBe(false);
    expect(model.capabilities.missing?.loglikelihood).toContain('generates only');
    const before = endpoint.seen.length;
    expect(await scoreOf(model, pair('a', ' b'))).toMatchObject({ reason: 'capability_missing' });
    expect(endpoint.seen).toHaveLength(before);
  });
});

describe('the probe', () => {
  const numbers = (logprobs: (tokens: string[]) => number[]): TestEndpointOptions => ({
    misbehave: ({ body }, response) => {
      if (!body.echo) return false;
      const tokens = [...toyTokens(String(body.prompt)), ' x'];
      const values = logprobs(tokens);
      const top_logprobs = values.map((value, index) => ({ [tokens[index] ?? '']: value }));
      const choice = { text: '', logprobs: { tokens, token_logprobs: values, top_logprobs } };
      return reply(response, 200, JSON.stringify({ choices: [choice] }));
    },
  });

  it.each<[string, TestEndpointOptions, RegExp]>([
    ['the same number for every token', numbers((tokens) => tokens.map(() => -1)), /not those of the text/],
    ['numbers above 0', numbers((tokens) => tokens.map(() => 0.5)), /0\.5 is no log-probability/],
    ['fewer numbers than tokens', numbers(() => [-1]), /as many tokens/],
    [
      'no likeliest tokens',
      {
        misbehave: ({ body }, response) => {
          const tokens = toyTokens(String(body.prompt));
          const logprobs = { tokens, token_logprobs: tokens.map(() => -1) };
          return body.echo === true && reply(response, 200, JSON.stringify({ choices: [{ logprobs }] }));
        },
      },
      /which token is likeliest/,
    ],
    [
      'no log-probabilities',
      {
        misbehave: ({ body }, response) =>
          body.echo === true && reply(response, 200, '{"choices":[{"text":"a"}]}'),
      },
      /no log-probabilities with echo/,
    ],
    [
      'a refusal',
      {
        misbehave: ({ body }, response) =>
          body.echo === true && reply(response, 400, 'echo is not supported'),
      },
      /answered 400: "echo is not supported"/,
    ],
  ])('finds out %s', async (_, options, reason) => {
    const { capabilities } = await openModel((await testServer(options)).url);
    expect(capabilities).toMatchObject({ completion: true, chat: true, loglikelihood: false });
    expect(capabilities.missing?.loglikelihood).toMatch(reason);
  });

  it('finds out that a seed does not repeat an answer', async () => {
    let calls = 0;
    const endpoint = await testServer({
      misbehave: ({ body }, response) => {
        if (!body.seed) return false;
        calls += 1;
        return reply(
          response,
          200,
          JSON.stringify({ choices: [{ text: `call ${calls}`, finish_reason: 'stop' }] }),
        );
      },
    });
    const { capabilities } = await openModel(endpoint.url);
    expect(capabilities).toMatchObject({
      seed: false,
      missing: { seed: expect.stringContaining('two different') },
    });
  });

  it('asks the first listed model when none is named, and leaves no connection open', async () => {
    const endpoint = await testServer();
    const found = await probeEndpoint({ base_url: endpoint.url, apiKey: 'k-12345678', network });
    expect(found).toMatchObject({
      model: 'toy',
      models: ['toy'],
      contextLength: 4096,
      ownedBy: 'tests',
      countsTokens: true,
      capabilities: { chat: true, completion: true, loglikelihood: true, seed: true },
    });
    expect(found.latencyMs).toBeGreaterThan(0);
    await expect(probeEndpoint({ base_url: 'nonsense', network })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('tells each check as it is done, with the reason where something is lacking', async () => {
    const modern = await probeEndpoint({ base_url: (await testServer({ modern: true })).url, network });
    expect(modern.checks.map(({ capability, works }) => [capability, works])).toEqual([
      ['chat', true],
      ['completion', true],
      ['loglikelihood', true],
      ['seed', true],
      ['topLogprobs', true],
      ['jsonSchema', true],
      ['usageInStream', true],
    ]);
    const told: string[] = [];
    const plain = await probeEndpoint({
      base_url: (await testServer({ usage: false, echo: 'generated' })).url,
      network,
      onCheck: ({ capability }) => told.push(capability),
      onModels: (models) => told.push(...models),
    });
    expect(told).toEqual(['toy', ...plain.checks.map(({ capability }) => capability)]);
    const lacking = plain.checks.filter(({ works }) => !works);
    expect(lacking.map(({ capability }) => capability)).toEqual([
      'loglikelihood',
      'topLogprobs',
      'jsonSchema',
      'usageInStream',
    ]);
    expect(lacking.every(({ reason }) => reason !== undefined && reason.length > 10)).toBe(true);
  });
});
