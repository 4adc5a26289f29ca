// The key of an endpoint, by the name that its options give.
import { BancadaError } from '../errors.ts';
import type { EndpointOptions } from './endpoint-options.ts';
import type { ProviderContext } from './provider.ts';

/**
 * Undefined when the options name none.
 * @throws BancadaError INVALID_INPUT when nothing is kept under the name.
 */
export async function readEndpointKey(
  options: Pick<EndpointOptions, 'base_url' | 'api_key_env' | 'api_key_secret'>,
  { secret, name }: ProviderContext,
): Promise<string | undefined> {
  const { api_key_env: variable, api_key_secret: kept, base_url } = options;
  if (variable === undefined && kept === undefined) return undefined;
  const key = await secret(kept ?? variable ?? '', base_url);
  if (key) return key;
  if (kept === undefined) {
    throw new BancadaError('INVALID_INPUT', 'the environment variable that should hold the key is not set', {
      key: 'api_key_env',
      value: variable,
      hint: `Set it: export ${variable}=…`,
    });
  }
  throw new BancadaError('INVALID_INPUT', `the key of ${name} is not to be had here`, {
    key: 'api_key_secret',
    value: kept,
    hint: 'Keys of registered endpoints open in the platform that keeps them, for the address that they were registered with. On the command line name a variable: api_key_env',
  });
}
