// One generated answer of the Messages API: the request's body, and its stream of events put together and timed.
import { z } from 'zod';
import { StopMatcher } from '../engine/stop-matcher.ts';
import type { GenerateRequest, GenerateResult } from '../request/request.ts';
import type { EndpointClient, StreamEnd } from './endpoint-client.ts';
import { EndpointFault, excerpt, invalidResponse } from './endpoint-fault.ts';
import type { MaskedStream, SecretMask } from './secret-mask.ts';

const path = '/messages';

const usageSchema = z.looseObject({
  input_tokens: z.number().nullish(),
  cache_creation_input_tokens: z.number().nullish(),
  cache_read_input_tokens: z.number().nullish(),
  output_tokens: z.number().nullish(),
});

const eventSchema = z.looseObject({
  type: z.string(),
  message: z.looseObject({ usage: usageSchema.nullish() }).nullish(),
  delta: z
    .looseObject({
      text: z.string().nullish(),
      thinking: z.string().nullish(),
      stop_reason: z.string().nullish(),
    })
    .nullish(),
  usage: usageSchema.nullish(),
  // Of an answer that came in one piece.
  content: z.array(z.looseObject({ text: z.string().nullish() })).nullish(),
  stop_reason: z.string().nullish(),
});

/**
 * Asks once. Times are in milliseconds since the request was sent.
 * @throws EndpointFault, or the reason of an aborted signal.
 */
export async function askAnthropic(
  request: GenerateRequest,
  client: EndpointClient,
  model: string,
  signal: AbortSignal,
  onText?: (id: string, piece: string) => void,
): Promise<Omit<GenerateResult, 'attempts'>> {
  const reader = new MessageReader(
    client.mask,
    request.stop,
    onText && ((piece) => onText(request.id, piece)),
  );
  const end = await client.stream(path, messageBody(request, model), signal, (event) => reader.take(event));
  return reader.finish(request.id, end);
}

/** The body of the request: system messages stand apart, a text becomes the user's message; a seed cannot be sent. */
export function messageBody(
  { prompt, sampling, stop, maxTokens }: GenerateRequest,
  model: string,
): Record<string, unknown> {
  const messages =
    prompt.type === 'messages' ? prompt.messages : [{ role: 'user' as const, content: prompt.text }];
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  // The API refuses stop sequences of white space alone: those are cut on this side.
  const stops = stop.filter((text) => text.trim() !== '');
  return {
    model,
    max_tokens: maxTokens,
    ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
    messages: messages.filter(({ role }) => role !== 'system'),
    temperature: sampling.temperature,
    ...(sampling.topP === undefined ? {} : { top_p: sampling.topP }),
    ...(sampling.topK === undefined ? {} : { top_k: sampling.topK }),
    ...(stops.length === 0 ? {} : { stop_sequences: stops }),
    stream: true,
  };
}

/** Puts the events of a stream together. */
class MessageReader {
  readonly #start = performance.now();
  readonly #mask: MaskedStream;
  readonly #stops: StopMatcher;
  /** When a piece came that held text, in milliseconds since the start. */
  readonly #arrivals: number[] = [];
  #lastMs = 0;
  #known = false;
  #stopped = false;
  #reason: string | undefined;
  #prompt = 0;
  #output: number | undefined;

  constructor(mask: SecretMask, stops: readonly string[], onText?: (piece: string) => void) {
    this.#mask = mask.stream();
    this.#stops = new StopMatcher(stops, onText);
  }

  take(event: unknown): 'more' | 'enough' {
    const parsed = eventSchema.safeParse(event);
    if (!parsed.success) {
      throw invalidResponse(`an event of another form than the protocol's${excerpt(JSON.stringify(event))}`);
    }
    const { type, message, delta, usage, content, stop_reason: reason } = parsed.data;
    // What the protocol may add later is passed over, as its makers ask.
    if (
      !['message', 'message_start', 'content_block_delta', 'message_delta', 'message_stop'].includes(type)
    ) {
      return 'more';
    }
    this.#known = true;
    this.#lastMs = performance.now() - this.#start;
    this.#count(message?.usage ?? usage);
    this.#reason = delta?.stop_reason ?? reason ?? this.#reason;
    const piece = delta?.text ?? content?.map(({ text }) => text ?? '').join('') ?? '';
    if (piece !== '' || delta?.thinking) this.#arrivals.push(this.#lastMs);
    this.#stopped = this.#stops.push(this.#mask.push(piece));
    return this.#stopped || type === 'message_stop' ? 'enough' : 'more';
  }

  finish(id: string, end: StreamEnd): Omit<GenerateResult, 'attempts'> {
    if (!this.#known) throw invalidResponse(`${path}: the answer is no message`);
    if (end === 'without done' && this.#reason === undefined) {
      const message = `${path}: the stream ended before the answer was complete`;
      throw new EndpointFault(message, { reason: 'connection_failed', retryable: true });
    }
    this.#stopped = this.#stops.push(this.#mask.end());
    const [first] = this.#arrivals;
    const gaps = this.#arrivals.slice(1).map((at, index) => at - (this.#arrivals[index] ?? at));
    const tokenTimes = end === 'whole' || first === undefined ? {} : { ttftMs: first, interTokenMs: gaps };
    return {
      id,
      status: 'ok',
      kind: 'generate',
      text: this.#stops.text,
      finish: !this.#stopped && this.#reason === 'max_tokens' ? 'length' : 'stop',
      tokens: { prompt: this.#prompt, output: this.#output ?? this.#arrivals.length, dropped: 0 },
      timing: { queueMs: 0, e2eMs: this.#lastMs, ...tokenTimes },
    };
  }

  // The output's count is the whole so far; the first event holds a placeholder.
  #count(usage: z.output<typeof usageSchema> | null | undefined): void {
    if (!usage) return;
    const read = usage.input_tokens ?? undefined;
    if (read !== undefined) {
      this.#prompt = read + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
    }
    this.#output = usage.output_tokens ?? this.#output;
  }
}
