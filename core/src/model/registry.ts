// The model providers, by the name that stands under `provider`.
import { anthropic } from './anthropic.ts';
import { llamaCpp } from './llama-cpp.ts';
import { openaiCompatible } from './openai-compatible.ts';
import type { ModelProvider } from './provider.ts';
import { scripted } from './scripted.ts';
import { transformers } from './transformers.ts';

/** One line a provider. */
export const providers = {
  'llama-cpp': llamaCpp,
  transformers,
  'openai-compatible': openaiCompatible,
  anthropic,
  scripted,
} satisfies Record<string, ModelProvider<unknown>>;

/** A registered provider's name. */
export type ProviderName = keyof typeof providers;
