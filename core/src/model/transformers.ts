// Provider `transformers`: ONNX weights through transformers.js in a process of their own.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Engine } from '../engine/engine.ts';
import { openOnnxFolder } from '../engine/onnx-folder.ts';
import type { TransformersOptions as EngineOptions } from '../engine/transformers-options.ts';
import type { Embedder } from './embedder.ts';
import { EngineEmbedder } from './engine-embedder.ts';
import { EngineLanguageModel } from './engine-language-model.ts';
import { EngineReranker } from './engine-reranker.ts';
import { hashFiles, hashValue } from './file-hash.ts';
import type { LanguageModel } from './language-model.ts';
import type { ModelInfo } from './model-info.ts';
import type { ModelProvider, ProviderContext } from './provider.ts';
import type { Reranker } from './reranker.ts';

const optionsSchema = z.strictObject({
  /** Folder with config.json, tokenizer.json and onnx/, relative to the model's own. */
  folder: z.string().min(1).default('.'),
  /** Which file of onnx/: `fp32` is model.onnx, `q8` is model_quantized.onnx, the others carry their name. */
  dtype: z.enum(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4']).default('fp32'),
  /** CPU threads; by default one fewer than the machine has. */
  threads: z.int().min(1).optional(),
  /** Longest input in tokens; by default as the model's configuration says. */
  context_size: z.int().min(8).optional(),
  /** Used where a request that samples brings no seed. */
  seed: z.int().min(0).default(0),
  /** Embedders: how token vectors become one vector. */
  pooling: z.enum(['mean', 'cls', 'none']).default('mean'),
  /** Embedders: whether vectors are scaled to length 1. */
  normalize: z.boolean().default(true),
  /** Embedders: put before every query. */
  query_prefix: z.string().default(''),
  /** Embedders: put before every document. */
  document_prefix: z.string().default(''),
});

/** What stands under a model with `provider: transformers`. */
export type TransformersOptions = z.infer<typeof optionsSchema>;

/** Local ONNX weights. */
export const transformers: ModelProvider<TransformersOptions> = {
  description: 'ONNX weights on this machine (transformers.js): language models, embedders, rerankers',
  local: true,
  options: optionsSchema,
  language: async (options, context): Promise<LanguageModel> => {
    const { engine, info } = await load('language', options, context);
    return new EngineLanguageModel(engine, info);
  },
  embedder: async (options, context): Promise<Embedder> => {
    const { engine, info } = await load('embedder', options, context);
    return new EngineEmbedder(engine, info);
  },
  reranker: async (options, context): Promise<Reranker> => {
    const { engine, info } = await load('reranker', options, context);
    return new EngineReranker(engine, info);
  },
};

async function load(
  kind: EngineOptions['kind'],
  options: TransformersOptions,
  context: ProviderContext,
): Promise<{ engine: Engine; info: ModelInfo }> {
  const engineOptions: EngineOptions = {
    folder: resolve(context.baseDirectory, options.folder),
    kind,
    dtype: options.dtype,
    threads: options.threads ?? Math.max(1, availableParallelism() - 1),
    contextSize: options.context_size,
    seed: options.seed,
    pooling: options.pooling,
    normalize: options.normalize,
    queryPrefix: options.query_prefix,
    documentPrefix: options.document_prefix,
  };
  const files = await openOnnxFolder(engineOptions.folder, options.dtype);
  const sha256 = await hashFiles([...files.weights, files.tokenizer]);
  const engine = await Engine.open({ backend: 'transformers', options: engineOptions });
  const { description } = engine;
  const { folder, ...effective } = inEffect(kind, {
    ...options,
    threads: engineOptions.threads,
    context_size: description.contextLength,
  });
  const info: ModelInfo = {
    name: context.name,
    provider: 'transformers',
    fingerprint: hashValue(['transformers', kind, sha256, description.engine, effective]),
    uri: engineOptions.folder,
    sha256,
    engine: description.engine,
    contextLength: description.contextLength,
    options: { folder, ...effective },
  };
  return { engine, info };
}

/** Only an embedder's record names how it pools, only a language model's its seed. */
function inEffect(kind: EngineOptions['kind'], options: TransformersOptions): Partial<TransformersOptions> {
  const { seed, pooling, normalize, query_prefix, document_prefix, ...shared } = options;
  if (kind === 'language') return { ...shared, seed };
  return kind === 'embedder' ? { ...shared, pooling, normalize, query_prefix, document_prefix } : shared;
}
