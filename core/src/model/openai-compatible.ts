// Provider `openai-compatible`: any server that speaks OpenAI's chat or completions protocol.
import { type EndpointOptions, endpointOptionsSchema } from './endpoint-options.ts';
import type { ModelProvider } from './provider.ts';

/** Opened only after its capabilities were probed: what the server cannot do is known before the first request. */
export const openaiCompatible: ModelProvider<EndpointOptions> = {
  description:
    "a server that speaks OpenAI's chat or completions protocol (vLLM, llama-server, Ollama, LM Studio, …)",
  options: endpointOptionsSchema,
  // The HTTP client is loaded only for those who use it.
  language: async (options, context) => (await import('./endpoint-model.ts')).openEndpoint(options, context),
  probe: async (options, context, call) =>
    (await import('./endpoint-model.ts')).probeOptions(options, context, call),
};
