// From what a suite says about a model to the live model: found and checked first, loaded later.
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { BancadaError, unknownName } from '../errors.ts';
import { checked, locate } from '../yaml.ts';
import type { Embedder } from './embedder.ts';
import type { LanguageModel } from './language-model.ts';
import { modelFolders } from './list.ts';
import { type ModelKind, type ModelManifest, readManifest } from './model-manifest.ts';
import type { ModelProvider, ProviderContext } from './provider.ts';
import { type ProviderName, providers } from './registry.ts';
import type { Reranker } from './reranker.ts';

/** A registered name, `name:variant`, a path to a .gguf file or a model folder; or a provider with its options. */
export type ModelSpec = string | (Readonly<Record<string, unknown>> & { readonly provider: string });

/** Where models are looked up. */
export interface ModelContext {
  /** Folders whose `models/` are searched, in order. */
  readonly homes: readonly string[];
  /** Folder against which paths are resolved. */
  readonly baseDirectory: string;
  readonly secret: (name: string) => string | undefined;
}

/** A model that was found and whose options are right; nothing is loaded yet. */
export interface ResolvedModel {
  /** The name in every table. */
  readonly name: string;
  readonly kind: ModelKind;
  readonly provider: ProviderName;
  /** As the provider's schema gives them, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly context: ProviderContext;
}

/**
 * Finds a model and checks its options.
 * @throws BancadaError UNKNOWN_NAME (lists the known), FILE_NOT_FOUND, INVALID_INPUT (file, line, key); BancadaErrors for several.
 */
export async function resolveModel(spec: ModelSpec, context: ModelContext): Promise<ResolvedModel> {
  if (typeof spec !== 'string') return resolveInline(spec, context);
  const [name, variant] = splitVariant(spec);
  for (const home of context.homes) {
    const manifest = await readManifest(path.join(home, 'models', name));
    if (manifest) return resolveRegistered(spec, manifest, variant, context);
  }
  if (/[\\/]|\.gguf$/i.test(spec)) return resolvePath(spec, context);
  const known = (await Promise.all(context.homes.map(modelFolders))).flat();
  throw unknownName('model', spec, [...new Set(known)].toSorted(), {
    hint: 'A path to a .gguf file or a model folder needs a "/" or its ending',
  });
}

/** Loads a language model. @throws BancadaError CAPABILITY_MISSING when it is none, MODEL_LOAD_FAILED, FILE_NOT_FOUND, ENDPOINT_FAILED. */
export async function openLanguageModel(model: ResolvedModel): Promise<LanguageModel> {
  const provider = providerOf(model);
  if (!provider.language) throw wrongKind(model, 'a language model');
  return provider.language(model.options, model.context);
}

/** Loads a sentence encoder. @throws as {@link openLanguageModel}. */
export async function openEmbedder(model: ResolvedModel): Promise<Embedder> {
  const provider = providerOf(model);
  if (!provider.embedder) throw wrongKind(model, 'an embedder');
  return provider.embedder(model.options, model.context);
}

/** Loads a cross-encoder. @throws as {@link openLanguageModel}. */
export async function openReranker(model: ResolvedModel): Promise<Reranker> {
  const provider = providerOf(model);
  if (!provider.reranker) throw wrongKind(model, 'a reranker');
  return provider.reranker(model.options, model.context);
}

function resolveInline(spec: Exclude<ModelSpec, string>, context: ModelContext): ResolvedModel {
  const { provider, name, ...options } = spec;
  const given = name ?? options.model ?? provider;
  return resolved({ name: String(given), kind: 'language', provider, options }, context, context.baseDirectory, {
    file: `model "${String(given)}"`,
  });
}

function resolveRegistered(
  spec: string,
  manifest: ModelManifest,
  variant: string | undefined,
  context: ModelContext,
): ResolvedModel {
  const names = Object.keys(manifest.variants);
  const chosen = variant ?? names[0] ?? '';
  const entry = manifest.variants[chosen];
  if (entry === undefined) throw unknownName('variant', chosen, names, { file: manifest.file, key: 'variants' });
  const { provider, ...own } = entry;
  const options = { ...encoderFacts(manifest), ...own };
  const keys = ['variants', chosen];
  const source = { file: manifest.file, line: locate(manifest.text, keys), key: keys.join('.') };
  const { kind } = manifest;
  return resolved({ name: spec, kind, provider, options }, context, path.dirname(manifest.file), source);
}

// A file is llama.cpp's, a folder with ONNX weights is transformers.js's.
async function resolvePath(spec: string, context: ModelContext): Promise<ResolvedModel> {
  const target = path.resolve(context.baseDirectory, spec);
  const found = await stat(target).catch(() => undefined);
  if (found === undefined) throw new BancadaError('FILE_NOT_FOUND', 'no such model file or folder', { file: target });
  if (found.isFile()) {
    const description = { name: path.parse(target).name, kind: 'language' as const, provider: 'llama-cpp' };
    const options = { file: path.basename(target) };
    return resolved({ ...description, options }, context, path.dirname(target), { file: target });
  }
  const manifest = await readManifest(target);
  if (manifest) return resolveRegistered(manifest.name, manifest, undefined, context);
  if (!existsSync(path.join(target, 'onnx'))) {
    throw new BancadaError('FILE_NOT_FOUND', 'this folder holds no model', {
      file: target,
      allowed: 'a model.yaml, or config.json, tokenizer.json and onnx/model.onnx',
    });
  }
  const description = { name: path.basename(target), kind: 'language' as const, provider: 'transformers' };
  return resolved({ ...description, options: {} }, context, target, { file: target });
}

interface Described {
  readonly name: string;
  readonly kind: ModelKind;
  readonly provider: string;
  readonly options: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly key?: string | undefined;
}

function resolved(model: Described, context: ModelContext, baseDirectory: string, place: Place): ResolvedModel {
  const { name, kind, provider } = model;
  if (!isProvider(provider)) throw unknownName('provider', provider, Object.keys(providers), { ...place });
  const options = checked(registered(provider).options, model.options, { file: place.file });
  return {
    name,
    kind,
    provider,
    options: options as Readonly<Record<string, unknown>>,
    context: { name, baseDirectory, secret: context.secret },
  };
}

function encoderFacts(manifest: ModelManifest): Record<string, unknown> {
  const { pooling, normalize, query_prefix, document_prefix } = manifest;
  const facts = { pooling, normalize, query_prefix, document_prefix };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

// A drive letter or an address is no variant.
function splitVariant(spec: string): [string, string | undefined] {
  const match = /^([\w.-]+):([\w.-]+)$/.exec(spec);
  return match?.[1] && match[1].length > 1 ? [match[1], match[2]] : [spec, undefined];
}

function isProvider(name: string): name is ProviderName {
  return Object.hasOwn(providers, name);
}

function registered(name: ProviderName): ModelProvider<unknown> {
  return providers[name];
}

function providerOf(model: ResolvedModel): ModelProvider<unknown> {
  return registered(model.provider);
}

function wrongKind(model: ResolvedModel, wanted: string): BancadaError {
  return new BancadaError('CAPABILITY_MISSING', `${model.name} (provider ${model.provider}) is not ${wanted}`, {
    hint: 'See `bancada ls models` for what is registered',
  });
}
