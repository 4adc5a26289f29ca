// One generated answer over HTTP: chat or completions, streamed, timed and cut at the stop strings.
import { z } from 'zod';
import { StopMatcher } from '../engine/stop-matcher.ts';
import type { GenerateRequest, GenerateResult } from '../request/request.ts';
import type { EndpointClient, StreamEnd } from './endpoint-client.ts';
import type { DialectForms, EndpointDialect } from './endpoint-dialect.ts';
import { EndpointFault, excerpt, invalidResponse } from './endpoint-fault.ts';
import type { MaskedStream, SecretMask } from './secret-mask.ts';

/** The two ways to ask for text. */
export type GenerationApi = 'chat' | 'completions';

const paths = { chat: '/chat/completions', completions: '/completions' } as const;

const words = z
  .looseObject({
    content: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
  })
  .nullish();

const chunkSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        text: z.string().nullish(),
        delta: words,
        message: words,
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: z.looseObject({ prompt_tokens: z.number(), completion_tokens: z.number().nullish() }).nullish(),
});

type Chunk = z.output<typeof chunkSchema>;

/** An answer, and whose token counts it bears. */
export interface GeneratedAnswer {
  readonly answer: Omit<GenerateResult, 'attempts'>;
  /** False: the output was counted by the pieces of the stream (0 when it came in one), the prompt not at all (0). */
  readonly countedByServer: boolean;
}

/**
 * Asks once, or again at once when the endpoint refuses a form of the request that it need not know.
 * Times are in milliseconds since the (last) request was sent.
 * @throws EndpointFault, or the reason of an aborted signal.
 */
export async function generateOnce(
  request: GenerateRequest,
  api: GenerationApi,
  endpoint: { readonly client: EndpointClient; readonly model: string; readonly dialect: EndpointDialect },
  signal: AbortSignal,
  onText?: (id: string, piece: string) => void,
): Promise<GeneratedAnswer> {
  const { client, model, dialect } = endpoint;
  for (;;) {
    const { forms } = dialect;
    const reader = new AnswerReader(
      client.mask,
      request.stop,
      onText && ((piece) => onText(request.id, piece)),
    );
    try {
      const body = generationBody(request, api, model, forms);
      const end = await client.stream(paths[api], body, signal, (event) => reader.take(event));
      return reader.finish(request.id, end, paths[api]);
    } catch (thrown) {
      if (!(thrown instanceof EndpointFault) || !dialect.learn(thrown, forms)) throw thrown;
    }
  }
}

/** The body of the request. A text for a chat becomes the user's message. */
export function generationBody(
  request: GenerateRequest,
  api: GenerationApi,
  model: string,
  forms: DialectForms,
): Record<string, unknown> {
  const { prompt, sampling } = request;
  const stop = request.stop.filter((text) => text !== '').slice(0, forms.mostStops);
  const question =
    prompt.type === 'messages'
      ? { messages: prompt.messages }
      : api === 'chat'
        ? { messages: [{ role: 'user', content: prompt.text }] }
        : { prompt: prompt.text };
  return {
    model,
    ...question,
    [forms.maxTokensKey]: request.maxTokens,
    temperature: sampling.temperature,
    ...(sampling.topP === undefined ? {} : { top_p: sampling.topP }),
    ...(sampling.topK === undefined ? {} : { top_k: sampling.topK }),
    ...(sampling.seed === undefined ? {} : { seed: sampling.seed }),
    ...(stop.length === 0 ? {} : { stop }),
    stream: true,
    ...(forms.usageInStream ? { stream_options: { include_usage: true } } : {}),
  };
}

/** Puts the pieces of a stream together. */
class AnswerReader {
  readonly #start = performance.now();
  readonly #mask: MaskedStream;
  readonly #stops: StopMatcher;
  /** When a piece came that held text, in milliseconds since the start. */
  readonly #arrivals: number[] = [];
  #choices = 0;
  #lastMs = 0;
  #stopped = false;
  #finish: string | undefined;
  #usage: Chunk['usage'];

  constructor(mask: SecretMask, stops: readonly string[], onText?: (piece: string) => void) {
    this.#mask = mask.stream();
    this.#stops = new StopMatcher(stops, onText);
  }

  take(event: unknown): 'more' | 'enough' {
    const parsed = chunkSchema.safeParse(event);
    if (!parsed.success) {
      throw invalidResponse(`an answer of another form than the protocol's${excerpt(JSON.stringify(event))}`);
    }
    const { choices, usage } = parsed.data;
    this.#lastMs = performance.now() - this.#start;
    this.#usage = usage ?? this.#usage;
    const [choice] = choices;
    if (choice === undefined) return 'more';
    this.#choices += 1;
    this.#finish = choice.finish_reason ?? this.#finish;
    const from = choice.delta ?? choice.message;
    const piece = choice.text ?? from?.content ?? '';
    // What a model thinks is generated too: the first token is the first of either.
    if (piece || from?.reasoning_content || from?.reasoning) this.#arrivals.push(this.#lastMs);
    this.#stopped = this.#stops.push(this.#mask.push(piece));
    return this.#stopped ? 'enough' : 'more';
  }

  finish(id: string, end: StreamEnd, path: string): GeneratedAnswer {
    if (end === 'without done' && this.#finish === undefined) {
      const message = `${path}: the stream ended before the answer was complete`;
      throw new EndpointFault(message, { reason: 'connection_failed', retryable: true });
    }
    if (this.#choices === 0) throw invalidResponse(`${path}: the answer has no choices`);
    this.#stopped = this.#stops.push(this.#mask.end());
    const whole = end === 'whole';
    const output = this.#usage?.completion_tokens ?? (whole ? 0 : this.#arrivals.length);
    return {
      countedByServer: this.#usage?.completion_tokens != null,
      answer: {
        id,
        status: 'ok',
        kind: 'generate',
        text: this.#stops.text,
        finish:
          !this.#stopped && (this.#finish === 'length' || this.#finish === 'max_tokens') ? 'length' : 'stop',
        tokens: { prompt: this.#usage?.prompt_tokens ?? 0, output, dropped: 0 },
        timing: { queueMs: 0, e2eMs: this.#lastMs, ...(whole ? {} : this.#tokenTimes()) },
      },
    };
  }

  #tokenTimes(): { ttftMs?: number; interTokenMs?: number[] } {
    const [first] = this.#arrivals;
    if (first === undefined) return {};
    const gaps = this.#arrivals.slice(1).map((at, index) => at - (this.#arrivals[index] ?? at));
    return { ttftMs: first, interTokenMs: gaps };
  }
}
