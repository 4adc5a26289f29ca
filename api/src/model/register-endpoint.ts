// Registers a model behind an address: probed, its manifest in the home, its key sealed in the database.
import { randomUUIDv7 } from 'node:crypto';
import { BancadaError, type EndpointProbe, firstListed, probeModel, writeManifest } from '@bancada/core';
import { appendActivity, endpointKeyName, type Model } from '@bancada/prisma';
import type { Services } from '../context.ts';
import { type EndpointRequest, manifestOptions, resolveEndpoint } from './endpoint-input.ts';
import { withModelFolder } from './new-model.ts';
import { probeColumns } from './probing.ts';

/** What a new model of an endpoint is called and described by. */
export interface EndpointRegistration {
  readonly name: string;
  readonly description: string | undefined;
  readonly licence: string | undefined;
  readonly endpoint: EndpointRequest;
  /** Registers it even when nothing answers; its fault is kept. */
  readonly unreachable: boolean;
  readonly idempotencyKey: string | undefined;
}

/** @throws BancadaError naming the field; ConflictError. Nothing is left when it throws. */
export async function registerEndpoint(
  services: Services,
  registration: EndpointRegistration,
): Promise<Model> {
  const { prisma, pool } = services;
  const { name, endpoint, description, licence, idempotencyKey } = registration;
  const found = await tryProbe(services, registration);
  const model = found instanceof BancadaError ? (endpoint.model ?? '') : found.model;
  if (model === '' || model === firstListed) {
    throw new BancadaError('INVALID_INPUT', 'the model that is to be asked is not known', { key: 'model' });
  }
  const id = randomUUIDv7();
  const { provider, ...options } = manifestOptions({ ...endpoint, model });
  const key = endpoint.apiKey?.trim();
  const kept = { ...options, ...(key ? { api_key_secret: endpointKeyName(id) } : {}) };
  const baseUrl = String(options.base_url);
  return withModelFolder(services, name, async (folder) => {
    await writeManifest(folder, {
      kind: 'language',
      description,
      licence,
      source: baseUrl,
      variants: { default: { provider, ...kept } },
    });
    const data = {
      kind: 'language',
      provider,
      description: description ?? null,
      licence: licence ?? null,
      options: kept as object,
      variants: ['default'],
      contextLength: found instanceof BancadaError ? null : (found.contextLength ?? null),
      directory: folder,
      source: baseUrl,
      fault: null,
      endpointId: id,
      idempotencyKey: idempotencyKey ?? null,
    };
    const sealedKey = key ? services.secrets.seal(key, endpointKeyName(id)) : null;
    const row = await prisma.$transaction(async (transaction) => {
      await transaction.endpoint.create({
        data: { id, provider, baseUrl, model, sealedKey, ...columnsOf(found) },
      });
      return transaction.model.upsert({ where: { name }, create: { name, ...data }, update: data });
    });
    await appendActivity(pool, { kind: 'model.changed' });
    return row;
  });
}

function columnsOf(found: EndpointProbe | BancadaError) {
  return found instanceof BancadaError
    ? { fault: found.message, checkedAt: new Date() }
    : probeColumns(found);
}

async function tryProbe(
  services: Services,
  { endpoint, unreachable }: EndpointRegistration,
): Promise<EndpointProbe | BancadaError> {
  const resolved = await resolveEndpoint(services, endpoint);
  try {
    return await probeModel(resolved);
  } catch (thrown) {
    if (unreachable && thrown instanceof BancadaError && thrown.code === 'ENDPOINT_FAILED') return thrown;
    throw thrown;
  }
}
