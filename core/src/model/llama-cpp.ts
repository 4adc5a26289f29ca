// Provider `llama-cpp`: GGUF weights through node-llama-cpp in a process of their own.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Engine } from '../engine/engine.ts';
import type { LlamaOptions } from '../engine/llama-options.ts';
import { EngineLanguageModel } from './engine-language-model.ts';
import { hashFiles, hashValue } from './file-hash.ts';
import type { LanguageModel } from './language-model.ts';
import type { ModelProvider, ProviderContext } from './provider.ts';

const optionsSchema = z.strictObject({
  /** GGUF file, relative to the model's folder. */
  file: z.string().min(1),
  /** CPU threads; by default one fewer than the machine has, as the spinning barrier of a full machine costs far more than a core. */
  threads: z.int().min(1).optional(),
  /** Requests that are decoded side by side. */
  parallel: z.int().min(1).max(256).default(4),
  /** Tokens per request; by default the length that the model was trained with. */
  context_size: z.int().min(8).optional(),
  /** Tokens per forward pass. */
  batch_size: z.int().min(1).optional(),
  gpu: z.union([z.literal(['auto', 'cuda', 'vulkan', 'metal']), z.literal(false)]).default('auto'),
  /** Layers on the GPU; by default as many as fit. */
  gpu_layers: z.int().min(0).optional(),
  /** By default off on a CPU, where it costs precision and saves little; on a GPU as the library decides. */
  flash_attention: z.boolean().optional(),
  /** Used where a request that samples brings no seed. */
  seed: z.int().min(0).default(0),
});

/** What stands under a model with `provider: llama-cpp`. */
export type LlamaCppOptions = z.infer<typeof optionsSchema>;

/** Local GGUF weights. */
export const llamaCpp: ModelProvider<LlamaCppOptions> = {
  description: 'GGUF weights on this machine (node-llama-cpp)',
  local: true,
  options: optionsSchema,
  language: openLanguage,
};

async function openLanguage(options: LlamaCppOptions, context: ProviderContext): Promise<LanguageModel> {
  const engineOptions: LlamaOptions = {
    file: resolve(context.baseDirectory, options.file),
    threads: options.threads ?? Math.max(1, availableParallelism() - 1),
    parallel: options.parallel,
    contextSize: options.context_size,
    batchSize: options.batch_size,
    gpu: options.gpu,
    gpuLayers: options.gpu_layers,
    flashAttention: options.flash_attention,
    seed: options.seed,
  };
  const sha256 = await hashFiles([engineOptions.file]);
  const engine = await Engine.open({ backend: 'llama-cpp', options: engineOptions });
  const { description } = engine;
  const { file, ...effective } = {
    ...options,
    threads: engineOptions.threads,
    context_size: description.contextLength,
  };
  return new EngineLanguageModel(engine, {
    name: context.name,
    provider: 'llama-cpp',
    fingerprint: hashValue(['llama-cpp', sha256, description.engine, effective]),
    uri: engineOptions.file,
    sha256,
    engine: description.engine,
    parameters: description.parameters,
    contextLength: description.contextLength,
    options: { file, ...effective },
  });
}
