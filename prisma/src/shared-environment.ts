// Environment variables that API and worker read alike: secrets at rest, allowed addresses, Hugging Face.
import { BancadaError, type NetworkPolicy, wrongEntries } from '@bancada/core';
import { SecretBox } from './secret-box.ts';

/** What both processes are told. */
export interface SharedEnvironment {
  readonly secrets: SecretBox;
  readonly network: NetworkPolicy;
  readonly huggingFace: {
    /** Without a slash at the end. */
    readonly endpoint: string;
    readonly token: string | undefined;
  };
}

/** The variables that hold something: an empty one, as compose passes on what is not set, is none. */
export function givenVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}

/**
 * Reads `BANCADA_SECRET`, `BANCADA_AUTH`, `BANCADA_ENDPOINT_ALLOW`, `HF_ENDPOINT` and `HF_TOKEN`.
 * @throws BancadaError INVALID_INPUT naming the variable, its value and what is allowed.
 */
export function readSharedEnvironment(variables: NodeJS.ProcessEnv, home: string): SharedEnvironment {
  const allow = (variables.BANCADA_ENDPOINT_ALLOW ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const [wrong] = wrongEntries(allow);
  if (wrong !== undefined) {
    throw new BancadaError('INVALID_INPUT', 'wrong environment variable', {
      key: 'BANCADA_ENDPOINT_ALLOW',
      value: wrong,
      allowed: 'hosts and CIDR ranges, e.g. gpu-box.lan,10.1.0.0/16',
    });
  }
  const endpoint = variables.HF_ENDPOINT ?? 'https://huggingface.co';
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new BancadaError('INVALID_INPUT', 'wrong environment variable', {
      key: 'HF_ENDPOINT',
      value: endpoint,
      allowed: 'an address such as https://huggingface.co',
    });
  }
  return {
    secrets: SecretBox.open(home, variables.BANCADA_SECRET),
    // Whoever signs in from elsewhere must not reach what listens on this machine alone.
    network: { allow, loopback: variables.BANCADA_AUTH !== 'on' },
    huggingFace: { endpoint: endpoint.replace(/\/+$/, ''), token: variables.HF_TOKEN },
  };
}
