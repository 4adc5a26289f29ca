// A registered model is changed or deleted: its manifest, its endpoint with the key, its row.
import {
  BancadaError,
  checkAddress,
  type ManifestInput,
  readManifest,
  removeModelFolder,
  resolveModel,
  writeManifest,
} from '@bancada/core';
import { appendActivity, endpointKeyName, type Model } from '@bancada/prisma';
import type { Services } from '../context.ts';
import { isId } from '../schema/connection.ts';
import { ConflictError, NotFoundError } from '../schema/error.ts';
import { dependentsOf } from './dependents.ts';
import { type EndpointRequest, manifestOptions } from './endpoint-input.ts';

/** What is given is changed; null takes it away. */
export interface ModelChange {
  readonly description?: string | null | undefined;
  readonly licence?: string | null | undefined;
  /** Of the provider; the whole of them. */
  readonly options?: unknown;
  readonly endpoint?:
    | (Omit<EndpointRequest, 'baseUrl'> & { readonly baseUrl?: string | null | undefined })
    | null
    | undefined;
}

/** @throws BancadaError naming the field, ConflictError (bundled, being fetched), NotFoundError. */
export async function updateModel(services: Services, id: string, change: ModelChange): Promise<Model> {
  const { prisma, pool, secrets } = services;
  const model = await ownModel(services, id);
  const manifest = model.directory === null ? undefined : await readManifest(model.directory);
  if (model.directory === null || manifest === undefined) {
    throw new ConflictError(`${model.name} has no manifest yet: its weights are still being fetched`);
  }
  const { file, text, name, ...kept } = manifest;
  const [variant = 'default'] = Object.keys(kept.variants);
  const before = kept.variants[variant] ?? { provider: model.provider };
  const key = change.endpoint?.apiKey;
  const after = changedVariant(services, model, before, change);
  const next: ManifestInput = {
    ...kept,
    description: change.description === undefined ? kept.description : (change.description ?? undefined),
    licence: change.licence === undefined ? kept.licence : (change.licence ?? undefined),
    variants: { ...kept.variants, [variant]: after },
  };
  // A key that was kept for one address is not sent to another.
  const moved = before.base_url !== after.base_url;
  if (moved && before.api_key_secret !== undefined && !key && key !== null) {
    throw new BancadaError('INVALID_INPUT', 'the key is kept for the address that it was registered with', {
      key: 'api_key_secret',
      hint: 'Give it again with the new address, or null to do without',
    });
  }
  await writeManifest(model.directory, next);
  try {
    await resolveModel(model.name, { ...services, baseDirectory: '.' });
  } catch (thrown) {
    await writeManifest(model.directory, { ...kept });
    throw thrown;
  }
  const { provider: _provider, ...options } = after;
  const sealed = key ? secrets.seal(key, endpointKeyName(model.endpointId ?? '')) : null;
  return prisma.$transaction(async (transaction) => {
    if (model.endpointId !== null) {
      await transaction.endpoint.update({
        where: { id: model.endpointId },
        data: {
          baseUrl: String(after.base_url),
          model: String(after.model),
          ...(key === undefined ? {} : { sealedKey: sealed }),
        },
      });
    }
    const row = await transaction.model.update({
      where: { id },
      data: {
        description: next.description ?? null,
        licence: next.licence ?? null,
        options: options as object,
      },
    });
    await appendActivity(pool, { kind: 'model.changed' });
    return row;
  });
}

/**
 * Deletes the model, its files and its key. Results of earlier runs stay.
 * @throws ConflictError naming what depends on it: unfinished runs always, suites unless `force`; NotFoundError.
 */
export async function deleteModel(services: Services, id: string, force: boolean): Promise<string> {
  const { prisma, pool, homes } = services;
  const model = await ownModel(services, id);
  const dependents = await dependentsOf(services, model.name);
  const hindering = dependents.filter(({ kind }) => kind === 'run' || !force);
  if (hindering.length > 0) {
    const named = hindering.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    const hint = hindering.some(({ kind }) => kind === 'run')
      ? 'cancel the runs first'
      : 'force deletes it all the same';
    throw new ConflictError(`${model.name} is named by ${named}: ${hint}`);
  }
  await prisma.$transaction(async (transaction) => {
    await transaction.model.delete({ where: { id } });
    if (model.endpointId !== null) await transaction.endpoint.delete({ where: { id: model.endpointId } });
  });
  await removeModelFolder(homes[0] ?? '.', model.name);
  await appendActivity(pool, { kind: 'model.changed' });
  return id;
}

async function ownModel({ prisma }: Services, id: string): Promise<Model> {
  const model = isId(id) ? await prisma.model.findUnique({ where: { id } }) : null;
  if (model === null) throw new NotFoundError('model', id);
  if (!model.bundled) return model;
  throw new ConflictError(`${model.name} came with the program and stays as it is`);
}

function changedVariant(
  { network }: Services,
  model: Model,
  before: Readonly<Record<string, unknown>> & { readonly provider: string },
  { endpoint, options }: ModelChange,
): Record<string, unknown> & { provider: string } {
  if (model.endpointId === null) {
    if (options === undefined) return { ...before };
    const { provider, file, folder } = before;
    return {
      ...(options as object | null),
      provider,
      ...(file ? { file } : {}),
      ...(folder ? { folder } : {}),
    };
  }
  if (!endpoint) return { ...before };
  const { provider, base_url, model: asked, api_key_env, api_key_secret, ...more } = before;
  checkAddress(network, String(endpoint.baseUrl ?? base_url), 'base_url');
  const key = endpoint.apiKey;
  const secret = key ? endpointKeyName(model.endpointId) : key === null ? undefined : api_key_secret;
  const variable = endpoint.apiKeyEnv === undefined ? api_key_env : endpoint.apiKeyEnv;
  return {
    ...manifestOptions({
      provider,
      baseUrl: String(endpoint.baseUrl ?? base_url),
      model: endpoint.model ?? String(asked),
      apiKeyEnv: typeof variable === 'string' && !secret ? variable : undefined,
      options: endpoint.options ?? more,
    }),
    ...(secret ? { api_key_secret: secret } : {}),
  };
}
