// How an OpenAI-compatible endpoint is called: what may stand beside `provider: openai-compatible`.
import { z } from 'zod';

/** The address of an endpoint, without a slash at the end. */
export const baseUrlSchema = z
  .string()
  .refine(isHttpUrl, 'not an http or https address such as http://localhost:8000/v1')
  .refine(
    (text) => !isHttpUrl(text) || new URL(text).username === '',
    'keys do not belong into the address: use api_key_env',
  )
  .transform((text) => text.replace(/\/+$/, ''));

/** The options as a suite gives them. */
export const endpointOptionsSchema = z.strictObject({
  base_url: baseUrlSchema.describe('up to and with /v1'),
  model: z.string().min(1).describe('id under which the endpoint knows the model'),
  api_key_env: z.string().min(1).optional().describe('name of the environment variable that holds the key'),
  api_key_secret: z
    .string()
    .min(1)
    .optional()
    .describe('name under which the platform keeps the key; written by registering an endpoint'),
  api: z
    .enum(['auto', 'chat', 'completions'])
    .default('auto')
    .describe('auto: texts go to completions, messages to chat, each where the endpoint offers it'),
  concurrency: z.int().min(1).max(1024).default(8).describe('requests under way at once, at most'),
  timeout_s: z.number().gt(0).max(86_400).default(300).describe('longest time that one try may take'),
  max_retries: z
    .int()
    .min(0)
    .max(20)
    .default(4)
    .describe('further tries after 408, 429, 5xx, lost connections and timeouts'),
  retry_delay_ms: z
    .number()
    .min(1)
    .max(60_000)
    .default(500)
    .describe('first pause before a retry; it doubles each time'),
  requests_per_minute: z
    .number()
    .gt(0)
    .optional()
    .describe('never start more than so many requests a minute'),
  context_size: z
    .int()
    .min(1)
    .optional()
    .describe('tokens of prompt and answer, when the endpoint does not tell'),
  prefix: z
    .string()
    .min(1)
    .optional()
    .describe(
      'text of the token that begins a document (e.g. <|endoftext|>), for log-probabilities without context',
    ),
  headers: z
    .record(z.string(), z.string())
    .default({})
    .describe('sent with every request; their values are kept secret'),
  extra_body: z.record(z.string(), z.unknown()).default({}).describe('put into every request as it stands'),
});

/** What stands under a model with `provider: openai-compatible`, with defaults filled in. */
export type EndpointOptions = z.output<typeof endpointOptionsSchema>;

/** The address without what may be a secret: `?key=…`. */
export function publicAddress(base_url: string): string {
  const { origin, pathname, search } = new URL(base_url);
  return `${origin}${pathname.replace(/\/+$/, '')}${search && '?…'}`;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
