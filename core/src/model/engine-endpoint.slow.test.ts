// The whole way: real weights behind an HTTP server, asked through the provider, must answer as they do directly.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { LanguageModel } from './language-model.ts';
import { llamaCpp } from './llama-cpp.ts';
import { reply, type SeenRequest, startTestEndpoint, type TestEndpoint, toyTokens } from './test-endpoint.ts';
import { ask, collect, openModel, pair, question, scoreOf, stream } from './test-question.ts';

const folder = fileURLToPath(new URL('../../../data/models/bancada-micro', import.meta.url));
const present = existsSync(`${folder}/bancada-micro.gguf`);
if (!present) console.log('skipped: data/models/bancada-micro holds no weights');

describe.runIf(present)('real weights behind an endpoint', () => {
  let direct: LanguageModel;
  let endpoint: TestEndpoint;

  beforeAll(async () => {
    const options = llamaCpp.options.parse({ file: 'bancada-micro.gguf', threads: 1, gpu: false });
    const context = {
      name: 'micro',
      baseDirectory: folder,
      secret: () => undefined,
      network: unrestrictedNetwork,
    };
    direct = (await llamaCpp.language?.(options, context)) as LanguageModel;
    endpoint = await startTestEndpoint({
      misbehave: async (request, response) => {
        if (request.path !== '/v1/completions') return false;
        const body = request.body.echo ? await echo(direct, request) : await complete(direct, request);
        return reply(response, 200, JSON.stringify(body));
      },
    });
  });

  afterAll(async () => {
    await endpoint.close();
    await direct.close();
  });

  it('gives the same answers and log-probabilities', async () => {
    const model = await openModel(endpoint.url);
    expect(model.capabilities.missing).toEqual({});
    const prompt = question('Question: What is 2 + 3?\nAnswer:', { maxTokens: 8 });
    const [near, far] = [await ask(direct, prompt), await ask(model, prompt)];
    expect(far.status === 'ok' && far.text).toBe(near.status === 'ok' && near.text);
    for (const continuation of [' 5', ' the dog', ' 12 apples and 3 pears']) {
      const request = pair('Question: What is 2 + 3?\nAnswer:', continuation);
      const [here, there] = [await scoreOf(direct, request), await scoreOf(model, request)];
      if (here.status === 'failed' || there.status === 'failed')
        throw new Error(JSON.stringify([here, there]));
      expect(there.loglikelihood).toBeCloseTo(here.loglikelihood, 2);
    }
  });
});

async function complete(model: LanguageModel, { body }: SeenRequest): Promise<unknown> {
  const sampling = {
    temperature: Number(body.temperature),
    ...(body.seed ? { seed: Number(body.seed) } : {}),
  };
  const result = await ask(
    model,
    question(String(body.prompt), { maxTokens: Number(body.max_tokens), sampling }),
  );
  if (result.status === 'failed') throw new Error(result.message);
  const { text, finish, tokens } = result;
  const usage = { prompt_tokens: tokens.prompt, completion_tokens: tokens.output };
  return { choices: [{ text, finish_reason: finish }], usage };
}

// The chain rule: the words' log-probabilities one after the other add up to those of the text.
async function echo(model: LanguageModel, { body }: SeenRequest): Promise<unknown> {
  const tokens = toyTokens(String(body.prompt));
  const requests = tokens.map((token, index) => ({
    ...pair(tokens.slice(0, index).join(''), token),
    id: String(index),
  }));
  const results = await collect(model.loglikelihood(stream(requests)));
  const values = tokens.map((_, index) => {
    const result = results.find(({ id }) => id === String(index));
    return result?.status === 'ok' ? result : undefined;
  });
  const logprobs = {
    tokens,
    token_logprobs: values.map((value) => value?.loglikelihood ?? null),
    top_logprobs: values.map((value, index) =>
      value
        ? { [value.isGreedy ? (tokens[index] ?? '') : '?']: value.isGreedy ? value.loglikelihood : 0 }
        : null,
    ),
  };
  return { choices: [{ text: body.prompt, finish_reason: 'length', logprobs }] };
}
