// How Anthropic's Messages API is called: what may stand beside `provider: anthropic`.
import { z } from 'zod';
import { baseUrlSchema, endpointOptionsSchema } from './endpoint-options.ts';

/** The options as a suite gives them. */
export const anthropicOptionsSchema = endpointOptionsSchema.omit({ api: true, prefix: true }).extend({
  base_url: baseUrlSchema.default('https://api.anthropic.com/v1').describe('up to and with /v1'),
  anthropic_version: z.string().min(1).default('2023-06-01').describe('the header anthropic-version'),
});

/** What stands under a model with `provider: anthropic`, with defaults filled in. */
export type AnthropicOptions = z.output<typeof anthropicOptionsSchema>;
