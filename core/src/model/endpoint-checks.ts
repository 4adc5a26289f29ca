// The questions by which an endpoint's capabilities are found out, one function each: the reason why it lacks it, or undefined.
import { z } from 'zod';
import { toError } from '../errors.ts';
import type { GenerateRequest } from '../request/request.ts';
import type { EndpointClient } from './endpoint-client.ts';
import { type GenerationApi, generateOnce } from './endpoint-generation.ts';
import type { EndpointOptions } from './endpoint-options.ts';
import { scoreOnce } from './endpoint-scoring.ts';

/** The smallest question. */
export const oneToken: GenerateRequest = {
  kind: 'generate',
  id: 'probe',
  prompt: { type: 'text', text: 'Hello' },
  stop: [],
  maxTokens: 1,
  sampling: { temperature: 0 },
};

/** Contexts with an end in its natural order and the same words shuffled: as many tokens, so that their sums compare. */
const naturalAndShuffled = [
  ['The cat sat on the mat. The cat sat on the mat. The', ' cat sat on the mat.', ' mat the on sat cat.'],
  ['The little girl went to the park with her', ' mother and her father.', ' father her and mother.'],
  ['She was happy because she had a', ' new toy to play with', ' with play to toy new'],
] as const;

/**
 * Why log-probabilities cannot be had or trusted; undefined when they can. Texts whose right order is known must come
 * out in it: even language models of under a million parameters find words in their order likelier than shuffled.
 */
export async function echoFault(
  options: EndpointOptions,
  client: EndpointClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { model, prefix } = options;
  const score = async (text: string, continuation: string): Promise<number> => {
    const context = { type: 'text', text } as const;
    const request = { kind: 'loglikelihood', id: 'probe', context, continuation } as const;
    return (await scoreOnce(request, { client, model, prefix }, signal)).loglikelihood;
  };
  try {
    for (const [context, natural, shuffled] of naturalAndShuffled) {
      const [likely, unlikely] = [await score(context, natural), await score(context, shuffled)];
      if (likely > unlikely + 0.1) continue;
      return `its log-probabilities are not those of the text: ${likely.toFixed(2)} for "${natural}", ${unlikely.toFixed(2)} for "${shuffled}", after "${context}"`;
    }
    return undefined;
  } catch (thrown) {
    signal.throwIfAborted();
    return toError(thrown).message;
  }
}

/** Why sampling cannot be repeated by seed; undefined when it can. */
export async function seedFault(
  api: GenerationApi,
  endpoint: Parameters<typeof generateOnce>[2],
  signal: AbortSignal,
): Promise<string | undefined> {
  const request: GenerateRequest = { ...oneToken, maxTokens: 12, sampling: { temperature: 1, seed: 1234 } };
  try {
    const [first, second] = [
      await generateOnce(request, api, endpoint, signal),
      await generateOnce(request, api, endpoint, signal),
    ];
    return first.answer.text === second.answer.text ? undefined : 'the same seed gave two different texts';
  } catch (thrown) {
    signal.throwIfAborted();
    return toError(thrown).message;
  }
}

const alternatives = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        logprobs: z
          .looseObject({
            content: z.array(z.looseObject({ top_logprobs: z.array(z.unknown()).nullish() })).nullish(),
            top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullish(),
          })
          .nullish(),
      }),
    )
    .min(1),
});

/** Why an answer does not come with the likeliest tokens at each place; undefined when it does. */
export async function topLogprobsFault(
  api: GenerationApi,
  model: string,
  client: EndpointClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  const common = { model, max_tokens: 1, temperature: 0 };
  try {
    const answer =
      api === 'chat'
        ? await client.post(
            '/chat/completions',
            { ...common, messages: hello, logprobs: true, top_logprobs: 2 },
            signal,
          )
        : await client.post('/completions', { ...common, prompt: 'Hello', logprobs: 2 }, signal);
    const logprobs = alternatives.safeParse(answer).data?.choices[0]?.logprobs;
    const first = logprobs?.content?.[0]?.top_logprobs ?? Object.keys(logprobs?.top_logprobs?.[0] ?? {});
    return first.length > 0 ? undefined : 'its answer tells no alternatives of a token (top_logprobs)';
  } catch (thrown) {
    signal.throwIfAborted();
    return toError(thrown).message;
  }
}

const hello = [{ role: 'user', content: 'Hello' }];
const schema = {
  type: 'object',
  properties: { n: { type: 'integer' } },
  required: ['n'],
  additionalProperties: false,
};
const chatAnswer = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({ content: z.string().nullish() }) })).min(1),
});

/** Why an answer cannot be held to a JSON schema; undefined when it can. */
export async function jsonSchemaFault(
  model: string,
  client: EndpointClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  const body = {
    model,
    max_tokens: 64,
    temperature: 0,
    messages: [{ role: 'user', content: 'Answer with a JSON object whose n is 7.' }],
    response_format: { type: 'json_schema', json_schema: { name: 'number', strict: true, schema } },
  };
  try {
    const answer = chatAnswer.safeParse(await client.post('/chat/completions', body, signal));
    const text = answer.data?.choices[0]?.message.content ?? '';
    return keepsSchema(text)
      ? undefined
      : `it answered ${JSON.stringify(text.slice(0, 60))} to a JSON schema`;
  } catch (thrown) {
    signal.throwIfAborted();
    return toError(thrown).message;
  }
}

function keepsSchema(text: string): boolean {
  try {
    return z.strictObject({ n: z.int() }).safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
