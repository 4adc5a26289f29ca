// A LanguageModel behind the Messages API: opened and probed over HTTP, asked as every endpoint is.
import { z } from 'zod';
import { packageVersion } from '../engine/package-version.ts';
import { unknownName } from '../errors.ts';
import { askAnthropic } from './anthropic-answer.ts';
import type { AnthropicOptions } from './anthropic-options.ts';
import type { Capabilities } from './capabilities.ts';
import { oneToken } from './endpoint-checks.ts';
import { EndpointClient } from './endpoint-client.ts';
import { EndpointDesk } from './endpoint-desk.ts';
import { EndpointFault } from './endpoint-fault.ts';
import { readEndpointKey } from './endpoint-key.ts';
import { publicAddress } from './endpoint-options.ts';
import { type EndpointProbe, failed, firstListed, type ProbeCall, teller } from './endpoint-probe.ts';
import { hashValue } from './file-hash.ts';
import type { LanguageModel } from './language-model.ts';
import type { ModelInfo } from './model-info.ts';
import type { ProviderContext } from './provider.ts';

const lacking = 'the Messages API has chat alone';

const missing = {
  completion: `${lacking}: a raw prompt is put as the user's message`,
  loglikelihood: `${lacking}: it gives no log-probabilities`,
  seed: `${lacking}: it takes no seed`,
} as const;

const capabilities: Capabilities = {
  chat: true,
  completion: false,
  loglikelihood: false,
  seed: false,
  missing,
};

/**
 * Asks one token, so that a wrong key or model is known before the run, and opens the model.
 * @throws BancadaError ENDPOINT_FAILED, UNKNOWN_NAME (model), INVALID_INPUT (no key under its name, an address that is not allowed).
 */
export async function openAnthropic(
  options: AnthropicOptions,
  context: ProviderContext,
): Promise<LanguageModel> {
  const client = await connect(options, context);
  try {
    await askOneToken(options, client, [], new AbortController().signal);
  } catch (thrown) {
    await client.close();
    throw thrown;
  }
  const desk = new EndpointDesk(options);
  return {
    info: describe(options, context),
    capabilities,
    generate: (requests, call) =>
      desk.answer(requests, call, (request, signal) =>
        askAnthropic(request, client, options.model, signal, call?.onText),
      ),
    loglikelihood: (requests, call) =>
      desk.answer(requests, call, async () => {
        throw new EndpointFault(missing.loglikelihood, { reason: 'capability_missing', retryable: false });
      }),
    close: () => client.close(),
  };
}

/** Probes for everything. @throws as {@link openAnthropic}. */
export async function probeAnthropic(
  options: AnthropicOptions,
  context: ProviderContext,
  call: ProbeCall,
): Promise<EndpointProbe> {
  const client = await connect(options, context);
  const signal = call.signal ?? new AbortController().signal;
  try {
    const models = await listedModels(options, client, signal);
    call.onModels?.(models);
    const model = options.model === firstListed ? (models[0] ?? 'default') : options.model;
    const answer = await askOneToken({ ...options, model }, client, models, signal);
    const tell = teller(call, []);
    tell('chat', undefined);
    tell('completion', missing.completion);
    tell('loglikelihood', missing.loglikelihood);
    tell('topLogprobs', missing.loglikelihood);
    tell('seed', missing.seed);
    tell('jsonSchema', 'not asked: structured outputs are not used through this provider');
    const countsTokens = answer.tokens.prompt > 0;
    const checks = tell('usageInStream', countsTokens ? undefined : 'its streams come without token counts');
    const latencyMs = answer.timing.e2eMs;
    return {
      model,
      capabilities,
      checks,
      models,
      contextLength: undefined,
      ownedBy: 'Anthropic Messages API',
      countsTokens,
      latencyMs,
    };
  } finally {
    await client.close();
  }
}

async function connect(options: AnthropicOptions, context: ProviderContext): Promise<EndpointClient> {
  const apiKey = await readEndpointKey(options, context);
  const headers = { 'anthropic-version': options.anthropic_version, ...options.headers };
  return new EndpointClient(
    { ...options, headers },
    {
      apiKey,
      keyHeader: 'x-api-key',
      network: context.network,
    },
  );
}

async function askOneToken(
  options: AnthropicOptions,
  client: EndpointClient,
  models: readonly string[],
  signal: AbortSignal,
) {
  try {
    return await askAnthropic(oneToken, client, options.model, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    if (!(thrown instanceof EndpointFault)) throw thrown;
    if (thrown.detail.status === 404 && models.length > 0 && !models.includes(options.model)) {
      throw unknownName(`model at ${publicAddress(options.base_url)}`, options.model, models, {
        key: 'model',
      });
    }
    throw failed(options, thrown);
  }
}

const listSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

async function listedModels(
  options: AnthropicOptions,
  client: EndpointClient,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    const answer = listSchema.safeParse(await client.get('/models', signal));
    return answer.data?.data.map(({ id }) => id) ?? [];
  } catch (thrown) {
    signal.throwIfAborted();
    if (!(thrown instanceof EndpointFault)) throw thrown;
    // A server without such a list may answer all the same.
    if (thrown.detail.status === 404) return [];
    throw failed(options, thrown);
  }
}

function describe(options: AnthropicOptions, context: ProviderContext): ModelInfo {
  const { base_url, model, extra_body, headers, anthropic_version } = options;
  const address = publicAddress(base_url);
  return {
    name: context.name,
    provider: 'anthropic',
    fingerprint: hashValue(['anthropic', address, model, anthropic_version, extra_body]),
    uri: `${address}#${model}`,
    engine: `Messages API ${anthropic_version}, asked through undici ${packageVersion('undici')}`,
    contextLength: options.context_size,
    options: { ...options, base_url: address, headers: Object.keys(headers) },
  };
}
