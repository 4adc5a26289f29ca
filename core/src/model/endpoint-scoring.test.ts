// Log-probabilities over HTTP against a toy language model whose numbers are known.
import { describe, expect, it } from 'vitest';
import type { ScoringRequest } from '../request/request.ts';
import { toyLogprob, toyTokens } from './test-endpoint.ts';
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
