// An endpoint as somebody gives it: checked, and turned into the options that core's providers know.
import {
  BancadaError,
  checkAddress,
  firstListed,
  type ModelProvider,
  providers,
  type ResolvedModel,
  resolveModel,
} from '@bancada/core';
import type { Services } from '../context.ts';

/** GraphQL input `EndpointInput`. */
export interface EndpointRequest {
  readonly provider?: string | null | undefined;
  readonly baseUrl: string;
  readonly model?: string | null | undefined;
  readonly apiKey?: string | null | undefined;
  readonly apiKeyEnv?: string | null | undefined;
  readonly options?: unknown;
}

// What has a field of its own, and headers, in which keys travel: they would stand in a file.
const forbiddenOptions = [
  'base_url',
  'model',
  'api_key_env',
  'api_key_secret',
  'headers',
  'provider',
  'name',
];
const probeTimeoutSeconds = 60;

/** Names of the providers that ask an address. */
const endpointProviders: readonly string[] = Object.entries(providers)
  .filter(([, provider]) => (provider as ModelProvider<never>).probe !== undefined)
  .map(([name]) => name);

/** The options as a manifest holds them, without a key. @throws BancadaError INVALID_INPUT naming the field. */
export function manifestOptions(request: EndpointRequest): Record<string, unknown> & { provider: string } {
  const provider = request.provider ?? 'openai-compatible';
  if (!endpointProviders.includes(provider)) {
    throw new BancadaError('INVALID_INPUT', 'no provider that asks an address', {
      key: 'provider',
      value: provider,
      allowed: endpointProviders,
    });
  }
  return {
    provider,
    base_url: request.baseUrl.trim().replace(/\/+$/, ''),
    model: request.model?.trim() || firstListed,
    ...(request.apiKeyEnv ? { api_key_env: request.apiKeyEnv } : {}),
    ...moreOptions(request.options),
  };
}

/** The endpoint as core asks it, its key in memory alone. @throws BancadaError naming the field; also for an address that the policy does not allow. */
export async function resolveEndpoint(
  { network, secret }: Pick<Services, 'network' | 'secret'>,
  request: EndpointRequest,
): Promise<ResolvedModel> {
  const options = manifestOptions(request);
  checkAddress(network, request.baseUrl.trim(), 'base_url');
  const apiKey = request.apiKey?.trim();
  const spec = {
    ...options,
    timeout_s: probeTimeoutSeconds,
    ...(apiKey ? { api_key_env: undefined, api_key_secret: 'given' } : {}),
  };
  return resolveModel(spec, {
    homes: [],
    baseDirectory: '.',
    network,
    secret: apiKey ? () => apiKey : secret,
  });
}

function moreOptions(options: unknown): Record<string, unknown> {
  if (options === null || options === undefined) return {};
  if (typeof options !== 'object' || Array.isArray(options)) {
    throw new BancadaError('INVALID_INPUT', 'options are an object', { key: 'options', value: options });
  }
  const wrong = Object.keys(options).find((key) => forbiddenOptions.includes(key));
  if (wrong === undefined) return { ...options };
  throw new BancadaError('INVALID_INPUT', 'not one of the options that can be kept', {
    key: `options.${wrong}`,
    hint:
      wrong === 'headers'
        ? 'Headers may hold keys and would stand in a file: give the key as apiKey'
        : 'It has a field of its own',
  });
}

/** The name in the API of a key of core's options. */
export function apiKeyOf(key: string): string {
  const names: Readonly<Record<string, string>> = {
    base_url: 'endpoint.baseUrl',
    model: 'endpoint.model',
    provider: 'endpoint.provider',
    api_key_env: 'endpoint.apiKeyEnv',
    api_key_secret: 'endpoint.apiKey',
  };
  return names[key] ?? (key.startsWith('options') ? `endpoint.${key}` : key);
}
