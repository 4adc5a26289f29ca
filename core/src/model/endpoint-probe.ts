// Finds out what an endpoint can do by asking it, so that a task it cannot do is blocked instead of scored wrongly.
import { z } from 'zod';
import { BancadaError, toError, unknownName } from '../errors.ts';
import type { GenerateRequest } from '../request/request.ts';
import type { Capabilities } from './capabilities.ts';
import { EndpointClient } from './endpoint-client.ts';
import { EndpointDialect } from './endpoint-dialect.ts';
import { EndpointFault } from './endpoint-fault.ts';
import { type GenerationApi, generateOnce } from './endpoint-generation.ts';
import { type EndpointOptions, endpointOptionsSchema, publicAddress } from './endpoint-options.ts';
import { scoreOnce } from './endpoint-scoring.ts';

const modelListSchema = z.looseObject({
  data: z.array(
    z.looseObject({ id: z.string(), max_model_len: z.number().nullish(), owned_by: z.string().nullish() }),
  ),
});

type ListedModel = z.output<typeof modelListSchema>['data'][number];

/** What was found. */
export interface EndpointProbe {
  /** The model that was asked. */
  readonly model: string;
  readonly capabilities: Capabilities;
  /** Ids that the endpoint lists; empty when it has no such list. */
  readonly models: readonly string[];
  /** Longest prompt plus answer in tokens, when the endpoint tells (vLLM does). */
  readonly contextLength: number | undefined;
  /** Who serves the model, in the endpoint's own word. */
  readonly ownedBy: string | undefined;
  /** Whether token counts are the endpoint's own; otherwise output tokens are the pieces of the stream. */
  readonly countsTokens: boolean;
  /** End to end time of the quicker of two one-token answers, in milliseconds. */
  readonly latencyMs: number;
}

/** An address that is not registered yet; without `model` the first that the endpoint lists is asked. */
export interface ProbeTarget {
  readonly base_url: string;
  readonly model?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Probes an address.
 * @throws BancadaError ENDPOINT_FAILED when nothing there answers, INVALID_INPUT for what is no address, UNKNOWN_NAME for a model that is not listed.
 */
export async function probeEndpoint({
  base_url,
  model,
  apiKey,
  signal,
}: ProbeTarget): Promise<EndpointProbe> {
  const parsed = endpointOptionsSchema.safeParse({ base_url, model: model ?? '?', timeout_s: 60 });
  if (!parsed.success) {
    throw new BancadaError('INVALID_INPUT', 'not the address of an endpoint', {
      value: base_url,
      allowed: 'an address such as http://localhost:8000/v1',
    });
  }
  const client = new EndpointClient(parsed.data, apiKey);
  const until = signal ?? new AbortController().signal;
  try {
    const wanted = model ?? (await listModels(client, parsed.data, until))[0]?.id ?? 'default';
    return await probe({ ...parsed.data, model: wanted }, client, new EndpointDialect(), until);
  } finally {
    await client.close();
  }
}

/** Probes through an open client. @throws as {@link probeEndpoint}. */
export async function probe(
  options: EndpointOptions,
  client: EndpointClient,
  dialect: EndpointDialect,
  signal: AbortSignal,
): Promise<EndpointProbe> {
  const listed = await listModels(client, options, signal);
  const models = listed.map(({ id }) => id);
  const endpoint = { client, model: options.model, dialect };
  const ask = (api: GenerationApi): Promise<Outcome> =>
    options.api === 'auto' || options.api === api
      ? attempt(async () => await generateOnce(oneToken, api, endpoint, signal), signal)
      : Promise.resolve({ works: false, reason: `the option "api" is ${options.api}`, fault: undefined });
  const [chat, completion] = [await ask('chat'), await ask('completions')];
  if (!chat.works && !completion.works) throw unusable(options, models, chat, completion);
  const working = [completion, chat].filter((outcome) => outcome.works);
  const loglikelihood = completion.works ? await echoFault(options, client, signal) : completion.reason;
  const seed = await seedFault(completion.works ? 'completions' : 'chat', endpoint, signal);
  const listedModel = listed.find(({ id }) => id === options.model);
  return {
    model: options.model,
    models,
    contextLength: listedModel?.max_model_len ?? undefined,
    ownedBy: listedModel?.owned_by ?? undefined,
    countsTokens: working.every((outcome) => outcome.value.countedByServer),
    latencyMs: Math.min(...working.map((outcome) => outcome.value.answer.timing.e2eMs)),
    capabilities: {
      chat: chat.works,
      completion: completion.works,
      loglikelihood: loglikelihood === undefined,
      seed: seed === undefined,
      missing: {
        ...(chat.works ? {} : { chat: chat.reason }),
        ...(completion.works ? {} : { completion: completion.reason }),
        ...(loglikelihood === undefined ? {} : { loglikelihood }),
        ...(seed === undefined ? {} : { seed }),
      },
    },
  };
}

const oneToken: GenerateRequest = {
  kind: 'generate',
  id: 'probe',
  prompt: { type: 'text', text: 'Hello' },
  stop: [],
  maxTokens: 1,
  sampling: { temperature: 0 },
};

type Outcome =
  | { readonly works: true; readonly value: Awaited<ReturnType<typeof generateOnce>> }
  | { readonly works: false; readonly reason: string; readonly fault: EndpointFault | undefined };

async function attempt(ask: () => ReturnType<typeof generateOnce>, signal: AbortSignal): Promise<Outcome> {
  try {
    return { works: true, value: await ask() };
  } catch (thrown) {
    signal.throwIfAborted();
    if (!(thrown instanceof EndpointFault)) throw thrown;
    return { works: false, reason: thrown.message, fault: thrown };
  }
}

/** Empty when the endpoint has no list. @throws BancadaError ENDPOINT_FAILED when nothing listens or the key is refused. */
async function listModels(
  client: EndpointClient,
  options: EndpointOptions,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  try {
    return modelListSchema.safeParse(await client.get('/models', signal)).data?.data ?? [];
  } catch (thrown) {
    signal.throwIfAborted();
    if (!(thrown instanceof EndpointFault)) throw thrown;
    if (thrown.detail.reason === 'connection_failed' || thrown.detail.reason === 'timeout')
      throw failed(options, thrown);
    if (thrown.detail.status === 401 || thrown.detail.status === 403) throw failed(options, thrown);
    return [];
  }
}

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
async function echoFault(
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

async function seedFault(
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

function unusable(
  options: EndpointOptions,
  models: readonly string[],
  chat: Outcome & { works: false },
  completion: Outcome & { works: false },
): BancadaError {
  const unknown = models.length > 0 && !models.includes(options.model);
  if (unknown)
    return unknownName(`model at ${publicAddress(options.base_url)}`, options.model, models, {
      key: 'model',
    });
  const faults = [chat.fault, completion.fault].filter((fault) => fault !== undefined);
  return failed(options, ...faults);
}

function failed({ base_url, api_key_env }: EndpointOptions, ...faults: EndpointFault[]): BancadaError {
  const [first] = faults;
  const { reason, status } = first?.detail ?? {};
  const keyHint = api_key_env
    ? `Is the key in ${api_key_env} right?`
    : 'Name the variable that holds its key: api_key_env';
  const hint =
    status === 401 || status === 403
      ? keyHint
      : reason === 'connection_failed' || reason === 'timeout'
        ? 'Is the server running, and is base_url right?'
        : 'Does base_url end as the server wants it (usually in /v1)?';
  const summary =
    faults.map((fault) => fault.message).join('; ') || 'the endpoint answers neither chat nor completions';
  return new BancadaError('ENDPOINT_FAILED', summary, {
    key: 'base_url',
    value: publicAddress(base_url),
    hint,
    cause: first,
  });
}
