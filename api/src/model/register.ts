// registerModel: one of the ways in which a model comes in.
import { BancadaError } from '@bancada/core';
import type { Model } from '@bancada/prisma';
import type { Services } from '../context.ts';
import type { EndpointRequest } from './endpoint-input.ts';
import { modelOfKey } from './new-model.ts';
import { registerEndpoint } from './register-endpoint.ts';
import { registerHub } from './register-hub.ts';
import { registerPath, type WeightsRegistration } from './register-path.ts';

/** GraphQL input `RegisterModelInput`: exactly one of path, huggingFace and endpoint. */
export interface ModelRegistration {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly licence?: string | null | undefined;
  readonly kind?: string | null | undefined;
  readonly path?: string | null | undefined;
  readonly huggingFace?: string | null | undefined;
  readonly endpoint?: EndpointRequest | null | undefined;
  readonly unreachable?: boolean | null | undefined;
  readonly options?: unknown;
}

const kinds = ['language', 'embedding', 'reranker'] as const;

/** The same key gives the same model. @throws BancadaError naming the field, ConflictError. */
export async function registerModel(
  services: Services,
  input: ModelRegistration,
  idempotencyKey: string | undefined,
): Promise<Model> {
  const known = await modelOfKey(services, idempotencyKey);
  if (known) return known;
  const { name, path, huggingFace, endpoint } = input;
  const ways = [path, huggingFace, endpoint].filter((way) => way !== null && way !== undefined && way !== '');
  if (ways.length !== 1) {
    throw new BancadaError('INVALID_INPUT', 'exactly one of path, huggingFace and endpoint is wanted', {
      key: 'path',
    });
  }
  const description = input.description?.trim() || undefined;
  const licence = input.licence?.trim() || undefined;
  if (endpoint) {
    const unreachable = input.unreachable === true;
    return registerEndpoint(services, { name, description, licence, endpoint, unreachable, idempotencyKey });
  }
  const weights = { name, description, licence, ...weightsOf(input), idempotencyKey };
  return huggingFace
    ? registerHub(services, weights, huggingFace)
    : registerPath(services, weights, path ?? '');
}

/** @throws BancadaError for another kind, or options that are no object. */
export function weightsOf({
  kind,
  options,
}: Pick<ModelRegistration, 'kind' | 'options'>): Pick<WeightsRegistration, 'kind' | 'options'> {
  const found = kinds.find((one) => one === (kind ?? 'language'));
  if (found === undefined) {
    throw new BancadaError('INVALID_INPUT', 'no kind of model', { key: 'kind', value: kind, allowed: kinds });
  }
  if (options !== null && options !== undefined && (typeof options !== 'object' || Array.isArray(options))) {
    throw new BancadaError('INVALID_INPUT', 'options are an object', { key: 'options', value: options });
  }
  return { kind: found, options: { ...(options as object | null | undefined) } };
}
