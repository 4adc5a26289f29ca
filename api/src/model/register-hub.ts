// Registers a model of the Hugging Face Hub: its files chosen now, fetched by a worker.
import path from 'node:path';
import { chooseHubModel, openHub, parseHubModelId, removeModelFolder } from '@bancada/core';
import { appendActivity, enqueue, type Model, type ModelDownload } from '@bancada/prisma';
import type { Services } from '../context.ts';
import { isId } from '../schema/connection.ts';
import { ConflictError, NotFoundError } from '../schema/error.ts';
import { openModelFolder } from './new-model.ts';
import type { WeightsRegistration } from './register-path.ts';

/** Fetches again what failed; it goes on where it stopped. @throws NotFoundError, ConflictError. */
export async function retryDownload({ prisma }: Services, id: string): Promise<Model> {
  const model = isId(id) ? await prisma.model.findUnique({ where: { id } }) : null;
  if (model === null) throw new NotFoundError('model', id);
  const download = model.download as unknown as ModelDownload | null;
  if (download?.state !== 'failed') throw new ConflictError(`${model.name}: no download of it has failed`);
  const { message: _message, ...rest } = download;
  return prisma.$transaction(async (transaction) => {
    const row = await transaction.model.update({
      where: { id },
      data: { download: { ...rest, state: 'waiting' } as object },
    });
    await enqueue(transaction, 'download-model', { modelId: id }, { jobKey: `download-model:${id}` });
    await appendActivity(transaction, { kind: 'model.changed' });
    return row;
  });
}

/** @throws BancadaError naming the field, with the choices where the id is ambiguous; ConflictError. */
export async function registerHub(
  services: Services,
  registration: WeightsRegistration,
  id: string,
): Promise<Model> {
  const { prisma, homes, network, huggingFace } = services;
  const { name, kind, description, licence, options, idempotencyKey } = registration;
  const wanted = parseHubModelId(id);
  const home = homes[0] ?? '.';
  const hub = openHub({ ...huggingFace, network, cacheDirectory: path.join(home, 'hub') });
  const repository = { type: 'model', name: wanted.repository } as const;
  const commit = await hub.resolve(repository, wanted.revision);
  const chosen = chooseHubModel(wanted, await hub.list(repository, commit));
  const download: ModelDownload = {
    state: 'waiting',
    repository: wanted.repository,
    commit,
    files: chosen.files.map((file) => file.path),
    provider: chosen.provider,
    options: { ...options, ...chosen.options },
    bytes: 0,
    totalBytes: chosen.files.reduce((sum, { size }) => sum + size, 0),
  };
  await openModelFolder(services, name);
  const data = {
    kind,
    provider: chosen.provider,
    description: description ?? null,
    licence: licence ?? null,
    options: download.options as object,
    variants: ['default'],
    source: `hf:${wanted.repository}:${chosen.quant}@${commit}`,
    fault: 'its weights are not here yet',
    download: download as object,
    directory: null,
    idempotencyKey: idempotencyKey ?? null,
  };
  try {
    return await prisma.$transaction(async (transaction) => {
      const row = await transaction.model.upsert({
        where: { name },
        create: { name, ...data },
        update: data,
      });
      await enqueue(
        transaction,
        'download-model',
        { modelId: row.id },
        { jobKey: `download-model:${row.id}` },
      );
      await appendActivity(transaction, { kind: 'model.changed' });
      return row;
    });
  } catch (thrown) {
    await removeModelFolder(home, name);
    throw thrown;
  }
}
