// Provider `anthropic`: models behind Anthropic's Messages API.
import { z } from 'zod';
import { baseUrlSchema, endpointOptionsSchema } from './endpoint-options.ts';
import type { ModelProvider } from './provider.ts';

const optionsSchema = endpointOptionsSchema.omit({ api: true, prefix: true }).extend({
  base_url: baseUrlSchema.default('https://api.anthropic.com/v1').describe('up to and with /v1'),
  anthropic_version: z.string().min(1).default('2023-06-01').describe('the header anthropic-version'),
});

/** What stands under a model with `provider: anthropic`, with defaults filled in. */
export type AnthropicOptions = z.output<typeof optionsSchema>;

/** Chat alone: the protocol has neither raw prompts nor log-probabilities nor a seed. */
export const anthropic: ModelProvider<AnthropicOptions> = {
  description: "Anthropic's Messages API (and servers that speak it): chat, streamed, with token counts",
  options: optionsSchema,
  // The HTTP client is loaded only for those who use it.
  language: async (options, context) =>
    (await import('./anthropic-model.ts')).openAnthropic(options, context),
  probe: async (options, context, call) =>
    (await import('./anthropic-model.ts')).probeAnthropic(options, context, call),
};
