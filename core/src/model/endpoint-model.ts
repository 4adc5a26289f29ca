// A LanguageModel behind an OpenAI-compatible address: bounded concurrency, retries, failures by reason.
import { packageVersion } from '../engine/package-version.ts';
import { EndpointClient } from './endpoint-client.ts';
import { EndpointDesk } from './endpoint-desk.ts';
import { EndpointDialect } from './endpoint-dialect.ts';
import { EndpointFault } from './endpoint-fault.ts';
import { type GenerationApi, generateOnce } from './endpoint-generation.ts';
import { readEndpointKey } from './endpoint-key.ts';
import { type EndpointOptions, publicAddress } from './endpoint-options.ts';
import { type EndpointProbe, type ProbeCall, probe, probeWhole } from './endpoint-probe.ts';
import { scoreOnce } from './endpoint-scoring.ts';
import { hashValue } from './file-hash.ts';
import type { LanguageModel } from './language-model.ts';
import type { ModelInfo } from './model-info.ts';
import type { ProviderContext } from './provider.ts';

/**
 * Probes the endpoint and opens it.
 * @throws BancadaError ENDPOINT_FAILED, UNKNOWN_NAME (model), INVALID_INPUT (no key under its name, an address that is not allowed).
 */
export async function openEndpoint(
  options: EndpointOptions,
  context: ProviderContext,
): Promise<LanguageModel> {
  const apiKey = await readEndpointKey(options, context);
  const client = new EndpointClient(options, { apiKey, network: context.network });
  const dialect = new EndpointDialect();
  try {
    const found = await probe(options, client, dialect, new AbortController().signal);
    return endpointModel(options, describe(options, found, context), found, { client, dialect });
  } catch (thrown) {
    await client.close();
    throw thrown;
  }
}

/** Probes an endpoint for everything, with its key. @throws as {@link openEndpoint}. */
export async function probeOptions(
  options: EndpointOptions,
  context: ProviderContext,
  call: ProbeCall,
): Promise<EndpointProbe> {
  const apiKey = await readEndpointKey(options, context);
  return probeWhole(options, { apiKey, network: context.network }, call);
}

function endpointModel(
  options: EndpointOptions,
  info: ModelInfo,
  { capabilities }: EndpointProbe,
  { client, dialect }: { readonly client: EndpointClient; readonly dialect: EndpointDialect },
): LanguageModel {
  const { model, prefix } = options;
  const desk = new EndpointDesk(options);
  const apiFor = (prompt: 'text' | 'messages'): GenerationApi => {
    if (prompt === 'text') return capabilities.completion ? 'completions' : 'chat';
    if (capabilities.chat) return 'chat';
    throw lacking(`the endpoint has no chat: ${capabilities.missing?.chat ?? ''}`);
  };
  return {
    info,
    capabilities,
    generate: (requests, call) =>
      desk.answer(requests, call, async (request, signal) => {
        const api = apiFor(request.prompt.type);
        return (await generateOnce(request, api, { client, model, dialect }, signal, call?.onText)).answer;
      }),
    loglikelihood: (requests, call) =>
      desk.answer(requests, call, async (request, signal) => {
        if (!capabilities.loglikelihood) throw lacking(capabilities.missing?.loglikelihood ?? '');
        return scoreOnce(request, { client, model, prefix }, signal);
      }),
    close: () => client.close(),
  };
}

function describe(options: EndpointOptions, found: EndpointProbe, context: ProviderContext): ModelInfo {
  const { base_url, model, api, prefix, extra_body, headers } = options;
  const address = publicAddress(base_url);
  return {
    name: context.name,
    provider: 'openai-compatible',
    fingerprint: hashValue(['openai-compatible', address, model, api, prefix, extra_body]),
    uri: `${address}#${model}`,
    engine: `${found.ownedBy ?? 'unknown server'}, asked through undici ${packageVersion('undici')}`,
    contextLength: options.context_size ?? found.contextLength,
    options: {
      ...options,
      base_url: address,
      headers: Object.keys(headers),
      token_counts: found.countsTokens ? "the endpoint's own" : 'pieces of the stream; prompts not counted',
    },
  };
}

function lacking(message: string): EndpointFault {
  return new EndpointFault(message, { reason: 'capability_missing', retryable: false });
}
