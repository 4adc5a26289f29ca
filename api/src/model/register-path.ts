// Registers weights that lie under the home: a GGUF file, or a folder with ONNX weights.
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import {
  BancadaError,
  bringFile,
  checkModelName,
  type GgufMetadata,
  isFolder,
  type ManifestInput,
  pathUnderHome,
  readGgufMetadata,
  writeManifest,
} from '@bancada/core';
import { appendActivity, type Model } from '@bancada/prisma';
import type { Services } from '../context.ts';
import { withModelFolder } from './new-model.ts';

/** What somebody says about weights. */
export interface WeightsRegistration {
  readonly name: string;
  readonly description: string | undefined;
  readonly licence: string | undefined;
  readonly kind: 'language' | 'embedding' | 'reranker';
  /** Of the provider: threads, parallel, dtype, … */
  readonly options: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string | undefined;
}

/** @throws BancadaError naming the field, ConflictError. */
export async function registerPath(
  services: Services,
  registration: WeightsRegistration,
  given: string,
): Promise<Model> {
  const home = services.homes[0] ?? '.';
  const { name } = registration;
  checkModelName(name);
  const found = await pathUnderHome(home, given);
  const own = path.join(await realpath(home), 'models', name);
  const inPlace = found === own || path.dirname(found) === own;
  if (inPlace && existsSync(path.join(own, 'model.yaml'))) {
    throw new BancadaError('DUPLICATE_NAME', 'this folder is a registered model', {
      key: 'path',
      value: given,
    });
  }
  if (await isFolder(found)) return registerFolder(services, registration, { found, own, given });
  const metadata = await readGgufMetadata(found);
  const source = `path:${given}`;
  if (inPlace) return finish(services, registration, own, { file: path.basename(found), metadata, source });
  return withModelFolder(services, name, async (folder) =>
    finish(services, registration, folder, { file: await bringFile(found, folder), metadata, source }),
  );
}

async function registerFolder(
  services: Services,
  registration: WeightsRegistration,
  { found, own, given }: { readonly found: string; readonly own: string; readonly given: string },
): Promise<Model> {
  if (
    found !== own ||
    !existsSync(path.join(found, 'onnx')) ||
    !existsSync(path.join(found, 'config.json'))
  ) {
    throw new BancadaError('INVALID_INPUT', 'not a folder with a model', {
      key: 'path',
      value: given,
      allowed: `a .gguf file; or models/${registration.name} with config.json, tokenizer.json and onnx/`,
    });
  }
  return finish(services, registration, own, { source: `path:${given}` });
}

/** Weights that are where they belong. */
export interface PlacedWeights {
  /** A GGUF file in the folder; ONNX weights are the folder itself. */
  readonly file?: string;
  readonly metadata?: GgufMetadata;
  readonly source: string;
}

/** Writes the manifest of weights that are in the model's folder, and its row. */
export async function finish(
  { prisma, pool }: Services,
  registration: WeightsRegistration,
  folder: string,
  { file, metadata, source }: PlacedWeights,
): Promise<Model> {
  const { name, kind, description, licence, options, idempotencyKey } = registration;
  const provider = file === undefined ? 'transformers' : 'llama-cpp';
  const own = { ...options, ...(file === undefined ? {} : { file }) };
  const manifest: ManifestInput = {
    kind,
    description,
    licence: licence ?? metadata?.licence,
    parameters: metadata?.parameters,
    context_length: metadata?.contextLength,
    source,
    variants: { default: { provider, ...own } },
  };
  await writeManifest(folder, manifest);
  const data = {
    kind,
    provider,
    description: description ?? null,
    options: own as object,
    variants: ['default'],
    parameters: metadata?.parameters ?? null,
    contextLength: metadata?.contextLength ?? null,
    licence: manifest.licence ?? null,
    directory: folder,
    source,
    metadata: (metadata ?? {}) as object,
    fault: null,
    idempotencyKey: idempotencyKey ?? null,
  };
  const row = await prisma.model.upsert({ where: { name }, create: { name, ...data }, update: data });
  await appendActivity(pool, { kind: 'model.changed' });
  return row;
}
