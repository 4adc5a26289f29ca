// Provider `anthropic`: models behind Anthropic's Messages API.
import { type AnthropicOptions, anthropicOptionsSchema } from './anthropic-options.ts';
import type { ModelProvider } from './provider.ts';

/** Chat alone: the protocol has neither raw prompts nor log-probabilities nor a seed. */
export const anthropic: ModelProvider<AnthropicOptions> = {
  description: "Anthropic's Messages API (and servers that speak it): chat, streamed, with token counts",
  options: anthropicOptionsSchema,
  // The HTTP client is loaded only for those who use it.
  language: async (options, context) =>
    (await import('./anthropic-model.ts')).openAnthropic(options, context),
  probe: async (options, context, call) =>
    (await import('./anthropic-model.ts')).probeAnthropic(options, context, call),
};
