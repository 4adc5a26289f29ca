// HTTP to one endpoint: a pool of kept connections, JSON in, JSON or a stream of events out.
import { createParser, type ParseError } from 'eventsource-parser';
import { type Dispatcher, Pool } from 'undici';
import { guardedConnector } from '../network/guarded-connection.ts';
import { checkAddress, type NetworkPolicy } from '../network/network-policy.ts';
import {
  connectionFault,
  EndpointFault,
  excerpt,
  invalidResponse,
  statusFault,
  stoppedFault,
} from './endpoint-fault.ts';
import type { EndpointOptions } from './endpoint-options.ts';
import { parseRetryAfter } from './endpoint-retry.ts';
import { SecretMask } from './secret-mask.ts';

/** A larger answer is refused before it fills the memory, in bytes. */
const largestAnswer = 64 * 1024 * 1024;
/** A larger single event of a stream (one token, as a rule) is refused, in characters. */
const largestEvent = 1024 * 1024;
/** A list of models comes at once or not at all, in milliseconds. */
const listTimeoutMs = 20_000;
/** How long a stream may stay open after its last event, in milliseconds. */
const lingerMs = 1000;

type Body = Dispatcher.ResponseData['body'];

/** How a stream ended. `cut`: by `take`, because it had enough; `whole`: it was none, the answer came in one piece. */
export type StreamEnd = 'done' | 'cut' | 'without done' | 'whole';

/** With which right an endpoint is asked, and where it may be. */
export interface EndpointAccess {
  readonly apiKey: string | undefined;
  /** In which form the key is sent: as bearer token (the default) or alone in `x-api-key`. */
  readonly keyHeader?: 'authorization' | 'x-api-key' | undefined;
  readonly network: NetworkPolicy;
}

/** What the client needs of an endpoint's options. */
export type ClientOptions = Pick<
  EndpointOptions,
  'base_url' | 'timeout_s' | 'concurrency' | 'headers' | 'extra_body'
>;

/** Every method throws EndpointFault, or the reason of an aborted signal. No message and no answer holds a key. */
export class EndpointClient {
  readonly #base: URL;
  readonly #timeoutMs: number;
  readonly #headers: Record<string, string>;
  readonly #extraBody: Readonly<Record<string, unknown>>;
  readonly #secrets: readonly string[];
  readonly #pool: Pool;
  /** For text that is put together from several events: each of them is free of keys already. */
  readonly mask: SecretMask;

  /** @throws BancadaError INVALID_INPUT for an address that the policy does not allow. */
  constructor(options: ClientOptions, { apiKey, keyHeader = 'authorization', network }: EndpointAccess) {
    this.#base = checkAddress(network, options.base_url, 'base_url');
    this.#timeoutMs = options.timeout_s * 1000;
    this.#headers = {
      ...(apiKey === undefined
        ? {}
        : { [keyHeader]: keyHeader === 'authorization' ? `Bearer ${apiKey}` : apiKey }),
      ...options.headers,
    };
    this.#extraBody = options.extra_body;
    this.mask = new SecretMask(apiKey, options.headers);
    // Short values are not worth hiding, and hiding them would make a message unreadable.
    this.#secrets = [apiKey ?? '', ...Object.values(options.headers)].filter((secret) => secret.length >= 6);
    this.#pool = new Pool(this.#base.origin, {
      connections: options.concurrency,
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: guardedConnector(network, Math.min(this.#timeoutMs, 10_000)),
    });
  }

  /** Reads JSON that needs no thinking: given up after 20 s at most. */
  get(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#exchange('GET', path, undefined, signal, (response, place) =>
      readJson(response, place, this.mask),
    );
  }

  /** Sends JSON and reads JSON. */
  post(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    return this.#exchange('POST', path, body, signal, (response, place) =>
      readJson(response, place, this.mask),
    );
  }

  /**
   * Sends JSON and hands each event of the answer's stream to `take` the moment it comes, until that says `enough`.
   * A server that answers with plain JSON gives it as the only event.
   */
  stream(
    path: string,
    body: object,
    signal: AbortSignal,
    take: (event: unknown) => 'more' | 'enough',
  ): Promise<StreamEnd> {
    return this.#exchange('POST', path, body, signal, async (response, place) => {
      if (contentType(response).includes('text/event-stream')) {
        return readEvents(response.body, place, this.mask, take);
      }
      take(await readJson(response, place, this.mask));
      return 'whole';
    });
  }

  /** Ends everything that is under way. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #exchange<Answer>(
    method: 'GET' | 'POST',
    path: string,
    body: object | undefined,
    signal: AbortSignal,
    read: (response: Dispatcher.ResponseData, place: string) => Promise<Answer>,
  ): Promise<Answer> {
    signal.throwIfAborted();
    const place = `${method} ${this.#base.origin}${this.#base.pathname.replace(/\/+$/, '')}${path}`;
    const deadline = new AbortController();
    const abort = (): void => deadline.abort();
    const timeoutMs = method === 'GET' ? Math.min(listTimeoutMs, this.#timeoutMs) : this.#timeoutMs;
    const timer = setTimeout(abort, timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    try {
      const response = await this.#pool.request({
        method,
        path: `${this.#base.pathname.replace(/\/+$/, '')}${path}${this.#base.search}`,
        headers: {
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          ...this.#headers,
        },
        body: body === undefined ? null : JSON.stringify({ ...body, ...this.#extraBody }),
        signal: deadline.signal,
      });
      if (response.statusCode !== 200) throw await refused(response, place);
      return await read(response, place);
    } catch (thrown) {
      signal.throwIfAborted();
      if (deadline.signal.aborted) {
        const message = `${place}: no complete answer within ${timeoutMs / 1000} s`;
        throw new EndpointFault(message, { reason: 'timeout', retryable: true });
      }
      throw this.#redacted(thrown instanceof EndpointFault ? thrown : connectionFault(place, thrown));
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  #redacted(fault: EndpointFault): EndpointFault {
    const message = this.#secrets.reduce((text, secret) => text.replaceAll(secret, '***'), fault.message);
    return message === fault.message
      ? fault
      : new EndpointFault(message, { ...fault.detail, cause: undefined });
  }
}

async function refused(response: Dispatcher.ResponseData, place: string): Promise<EndpointFault> {
  const { statusCode, headers } = response;
  // What an endpoint says beside its status helps, but nothing depends on it.
  const body = await readText(response.body, 65_536).catch(() => '');
  const retryAfter = Array.isArray(headers['retry-after'])
    ? headers['retry-after'][0]
    : headers['retry-after'];
  return statusFault(place, statusCode, body, parseRetryAfter(retryAfter, Date.now()));
}

async function readJson(
  response: Dispatcher.ResponseData,
  place: string,
  mask: SecretMask,
): Promise<unknown> {
  const text = mask.json(await readText(response.body, largestAnswer, place));
  try {
    return withoutError(JSON.parse(text), place);
  } catch (thrown) {
    if (thrown instanceof EndpointFault) throw thrown;
    const type = contentType(response) || 'no content type';
    throw invalidResponse(`${place} answered 200 with something that is not JSON (${type})${excerpt(text)}`);
  }
}

/** Without `place` the rest is left out; with it a longer text is a fault. */
async function readText(body: Body, most: number, place?: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > most && place !== undefined) throw tooLarge(place, most);
    text += decoder.decode(chunk, { stream: true });
    if (size > most) break;
  }
  return text;
}

async function readEvents(
  body: Body,
  place: string,
  mask: SecretMask,
  take: (event: unknown) => 'more' | 'enough',
): Promise<StreamEnd> {
  let end: StreamEnd = 'without done';
  let fault: ParseError | undefined;
  let linger: NodeJS.Timeout | undefined;
  const parser = createParser({
    maxBufferSize: largestEvent,
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') fault = error;
    },
    onEvent: ({ data }) => {
      if (end !== 'without done') return;
      if (data === '[DONE]') {
        end = 'done';
        linger = setTimeout(() => body.destroy(), lingerMs);
      } else if (take(parseEvent(mask.json(data), place)) === 'enough') end = 'cut';
    },
  });
  const decoder = new TextDecoder();
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > largestAnswer) throw tooLarge(place, largestAnswer);
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (fault) throw tooLarge(place, largestEvent, 'for one token');
      if ((end as StreamEnd) === 'cut') break;
    }
  } catch (thrown) {
    // After the last event nothing is missing, however the connection ends.
    if ((end as StreamEnd) !== 'done') throw thrown;
  } finally {
    clearTimeout(linger);
  }
  return end;
}

function parseEvent(data: string, place: string): unknown {
  let event: unknown;
  try {
    event = JSON.parse(data);
  } catch {
    throw invalidResponse(`${place} sent an event that is not JSON${excerpt(data)}`);
  }
  return withoutError(event, place);
}

/** Some servers report a failure inside an answer with status 200. */
function withoutError(answer: unknown, place: string): unknown {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
  if (error === undefined || error === null) return answer;
  throw stoppedFault(place, error);
}

function tooLarge(place: string, most: number, what = 'for one answer'): EndpointFault {
  return invalidResponse(`${place} sent more than ${most / 1024 / 1024} MiB ${what}`);
}

function contentType(response: Dispatcher.ResponseData): string {
  return String(response.headers['content-type'] ?? '');
}
