// Finds out what an endpoint can do by asking it, so that a task it cannot do is blocked instead of scored wrongly.
import { z } from 'zod';
import { BancadaError, unknownName } from '../errors.ts';
import type { NetworkPolicy } from '../network/network-policy.ts';
import type { Capabilities } from './capabilities.ts';
import { echoFault, jsonSchemaFault, oneToken, seedFault, topLogprobsFault } from './endpoint-checks.ts';
import { type EndpointAccess, EndpointClient } from './endpoint-client.ts';
import { EndpointDialect } from './endpoint-dialect.ts';
import { EndpointFault } from './endpoint-fault.ts';
import { type GenerationApi, generateOnce } from './endpoint-generation.ts';
import { type EndpointOptions, endpointOptionsSchema, publicAddress } from './endpoint-options.ts';

const modelListSchema = z.looseObject({
  data: z.array(
    z.looseObject({ id: z.string(), max_model_len: z.number().nullish(), owned_by: z.string().nullish() }),
  ),
});

type ListedModel = z.output<typeof modelListSchema>['data'][number];

/** What an endpoint is asked for, one after the other. */
export type ProbeCapability =
  | 'chat'
  | 'completion'
  | 'loglikelihood'
  | 'topLogprobs'
  | 'seed'
  | 'jsonSchema'
  | 'usageInStream';

/** One answer. */
export interface ProbeCheck {
  readonly capability: ProbeCapability;
  readonly works: boolean;
  /** Why it does not. */
  readonly reason: string | undefined;
}

/** How a probe is followed and ended. */
export interface ProbeCall {
  readonly signal?: AbortSignal | undefined;
  /** Called with each check as it is done. */
  readonly onCheck?: ((check: ProbeCheck) => void) | undefined;
  /** Called with the ids that the endpoint lists, before any check. */
  readonly onModels?: ((models: readonly string[]) => void) | undefined;
}

/** What was found. */
export interface EndpointProbe {
  /** The model that was asked. */
  readonly model: string;
  readonly capabilities: Capabilities;
  /** Everything that was asked for, in order. */
  readonly checks: readonly ProbeCheck[];
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

/** The model id that asks for the first that the endpoint lists. */
export const firstListed = '*';

/** An address that is not registered yet; without `model` the first that the endpoint lists is asked. */
export interface ProbeTarget extends ProbeCall {
  readonly base_url: string;
  readonly model?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Where requests may go. */
  readonly network: NetworkPolicy;
}

/**
 * Probes an address for everything.
 * @throws BancadaError ENDPOINT_FAILED when nothing there answers, INVALID_INPUT for what is no address or not allowed, UNKNOWN_NAME for a model that is not listed.
 */
export async function probeEndpoint({
  base_url,
  model = firstListed,
  apiKey,
  network,
  ...call
}: ProbeTarget): Promise<EndpointProbe> {
  const parsed = endpointOptionsSchema.safeParse({ base_url, model, timeout_s: 60 });
  if (!parsed.success) {
    throw new BancadaError('INVALID_INPUT', 'not the address of an endpoint', {
      value: base_url,
      allowed: 'an address such as http://localhost:8000/v1',
    });
  }
  return probeWhole(parsed.data, { apiKey, network }, call);
}

/** Probes for everything, runs need less. @throws as {@link probeEndpoint}. */
export async function probeWhole(
  options: EndpointOptions,
  access: EndpointAccess,
  call: ProbeCall = {},
): Promise<EndpointProbe> {
  const client = new EndpointClient(options, access);
  const signal = call.signal ?? new AbortController().signal;
  try {
    const found = await probe(options, client, new EndpointDialect(), signal, call);
    const { model, capabilities, countsTokens, checks } = found;
    const tell = teller(call, [...checks]);
    const api = capabilities.chat ? 'chat' : 'completions';
    tell('topLogprobs', await topLogprobsFault(api, model, client, signal));
    const noChat = capabilities.missing?.chat ?? 'it has no chat';
    tell('jsonSchema', capabilities.chat ? await jsonSchemaFault(model, client, signal) : noChat);
    const uncounted = 'its streams end without token counts (stream_options.include_usage)';
    return { ...found, checks: tell('usageInStream', countsTokens ? undefined : uncounted) };
  } finally {
    await client.close();
  }
}

/** Probes through an open client for what a run depends on. @throws as {@link probeEndpoint}. */
export async function probe(
  given: EndpointOptions,
  client: EndpointClient,
  dialect: EndpointDialect,
  signal: AbortSignal,
  call: ProbeCall = {},
): Promise<EndpointProbe> {
  const listed = await listModels(client, given, signal);
  const models = listed.map(({ id }) => id);
  call.onModels?.(models);
  const wanted = given.model === firstListed ? (models[0] ?? 'default') : given.model;
  const options = { ...given, model: wanted };
  const endpoint = { client, model: wanted, dialect };
  const tell = teller(call, []);
  const ask = async (api: GenerationApi): Promise<Outcome> => {
    const outcome: Outcome =
      options.api === 'auto' || options.api === api
        ? await attempt(async () => await generateOnce(oneToken, api, endpoint, signal), signal)
        : { works: false, reason: `the option "api" is ${options.api}`, fault: undefined };
    tell(api === 'chat' ? 'chat' : 'completion', outcome.works ? undefined : outcome.reason);
    return outcome;
  };
  const [chat, completion] = [await ask('chat'), await ask('completions')];
  if (!chat.works && !completion.works) throw unusable(options, models, chat, completion);
  const working = [completion, chat].filter((outcome) => outcome.works);
  const loglikelihood = completion.works ? await echoFault(options, client, signal) : completion.reason;
  tell('loglikelihood', loglikelihood);
  const seed = await seedFault(completion.works ? 'completions' : 'chat', endpoint, signal);
  const checks = tell('seed', seed);
  const listedModel = listed.find(({ id }) => id === wanted);
  return {
    model: wanted,
    models,
    checks,
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

/** Keeps each check and tells of it; gives all so far. */
export function teller(
  { onCheck }: ProbeCall,
  checks: ProbeCheck[],
): (capability: ProbeCapability, reason: string | undefined) => readonly ProbeCheck[] {
  return (capability, reason) => {
    const check = { capability, works: reason === undefined, reason };
    checks.push(check);
    onCheck?.(check);
    return checks;
  };
}

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

/** The error for faults that leave nothing to ask. */
export function failed(
  { base_url, api_key_env }: Pick<EndpointOptions, 'base_url' | 'api_key_env'>,
  ...faults: EndpointFault[]
): BancadaError {
  const [first] = faults;
  // The policy's own words say what is allowed.
  if (first?.detail.cause instanceof BancadaError) return first.detail.cause;
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
