// From what a suite says about a model to the live model: found and checked first, loaded later.
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type ZodType, z } from 'zod';
import { inside } from '../dataset/data-folder.ts';
import { BancadaError, unknownName } from '../errors.ts';
import type { NetworkPolicy } from '../network/network-policy.ts';
import { checked, keyPath, locate, type YamlSource } from '../yaml.ts';
import type { Embedder } from './embedder.ts';
import type { EndpointProbe, ProbeCall } from './endpoint-probe.ts';
import type { LanguageModel } from './language-model.ts';
import { modelFolders } from './list.ts';
import { type ModelKind, type ModelManifest, readManifest } from './model-manifest.ts';
import type { ModelProvider, ProviderContext, SecretLookup } from './provider.ts';
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
  readonly secret: SecretLookup;
  /** Where endpoints may be; `unrestrictedNetwork` for whoever sits at the command line. */
  readonly network: NetworkPolicy;
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
    if (!(await modelFolders(home)).includes(name)) continue;
    const folder = await inside(path.join(home, 'models'), name);
    const manifest = await readManifest(folder);
    return manifest ? resolveRegistered(spec, manifest, variant, context) : resolvePath(folder, context);
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

/** Asks an endpoint what it can do. @throws BancadaError CAPABILITY_MISSING when the weights are local, ENDPOINT_FAILED, UNKNOWN_NAME, INVALID_INPUT. */
export async function probeModel(model: ResolvedModel, call: ProbeCall = {}): Promise<EndpointProbe> {
  const provider = providerOf(model);
  if (!provider.probe) throw wrongKind(model, 'an endpoint');
  return provider.probe(model.options, model.context, call);
}

function resolveInline(spec: Exclude<ModelSpec, string>, context: ModelContext): ResolvedModel {
  const { provider, name, ...options } = spec;
  const given = name ?? options.model ?? provider;
  return resolved(
    { name: String(given), kind: 'language', provider, options },
    context,
    context.baseDirectory,
    {
      file: `model "${String(given)}"`,
    },
  );
}

async function resolveRegistered(
  spec: string,
  manifest: ModelManifest,
  variant: string | undefined,
  context: ModelContext,
): Promise<ResolvedModel> {
  const names = Object.keys(manifest.variants);
  const chosen = variant ?? names[0] ?? '';
  const entry = manifest.variants[chosen];
  if (entry === undefined)
    throw unknownName('variant', chosen, names, { file: manifest.file, key: 'variants' });
  const { provider, ...own } = entry;
  const options = { ...encoderFacts(manifest), ...own };
  const { kind, file, text } = manifest;
  const folder = path.dirname(file);
  const place = { file, text, keys: ['variants', chosen] };
  await stayInside(folder, own, place);
  return resolved({ name: spec, kind, provider, options }, context, folder, place);
}

// A file is llama.cpp's, a folder with ONNX weights is transformers.js's.
async function resolvePath(spec: string, context: ModelContext): Promise<ResolvedModel> {
  const target = path.resolve(context.baseDirectory, spec);
  const found = await stat(target).catch(() => undefined);
  if (found === undefined)
    throw new BancadaError('FILE_NOT_FOUND', 'no such model file or folder', { file: target });
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

/** Where the options stand. */
interface Place extends YamlSource {
  /** Path of the options in that file; none when they are not in a file. */
  readonly keys?: readonly string[];
}

// What a registered model names must lie in its own folder; whether it is there is seen when it is loaded.
async function stayInside(
  folder: string,
  options: Readonly<Record<string, unknown>>,
  place: Place,
): Promise<void> {
  for (const option of ['file', 'folder']) {
    const value = options[option];
    if (typeof value !== 'string' || value === '.') continue;
    await inside(folder, value).catch((thrown: unknown) => {
      if (!(thrown instanceof BancadaError)) throw thrown;
      const { code, detail } = thrown;
      if (code === 'FILE_NOT_FOUND') return;
      const keys = [...(place.keys ?? []), option];
      throw new BancadaError(code, 'leads out of its folder', {
        ...detail,
        file: place.file,
        line: place.text === undefined ? undefined : locate(place.text, keys),
        key: keyPath(keys),
      });
    });
  }
}

function resolved(
  model: Described,
  context: ModelContext,
  baseDirectory: string,
  place: Place,
): ResolvedModel {
  const { name, kind, provider } = model;
  const { file, text, keys = [] } = place;
  if (!isProvider(provider)) {
    const key = [...keys, 'provider'];
    const line = text === undefined ? undefined : locate(text, key);
    throw unknownName('provider', provider, Object.keys(providers), { file, line, key: keyPath(key) });
  }
  const options = checkedAt(keys, registered(provider).options, model.options, place);
  return {
    name,
    kind,
    provider,
    options: options as Readonly<Record<string, unknown>>,
    context: { name, baseDirectory, secret: context.secret, network: context.network },
  };
}

/** Checks a value that stands at `keys` of a file, so that faults are told with their line. */
function checkedAt(keys: readonly string[], schema: ZodType, value: unknown, source: YamlSource): unknown {
  const whole = keys.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  const wholeSchema = keys.reduceRight<ZodType>((inner, name) => z.looseObject({ [name]: inner }), schema);
  const found = checked(wholeSchema, whole, source);
  return keys.reduce<unknown>((outer, name) => (outer as Record<string, unknown>)[name], found);
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
  return new BancadaError(
    'CAPABILITY_MISSING',
    `${model.name} (provider ${model.provider}) is not ${wanted}`,
    {
      hint: 'See `bancada ls models` for what is registered',
    },
  );
}
