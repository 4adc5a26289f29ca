// What can go wrong between a request and its answer over HTTP, in the words of a failed result.
import { errors } from 'undici';
import { BancadaError, toError } from '../errors.ts';
import type { FailureReason } from '../request/request.ts';

/** What is known of a fault. */
export interface FaultDetail {
  readonly reason: FailureReason;
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable: boolean;
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  /** How long the endpoint asks to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** One try that failed. The message names address and status and holds no key. */
export class EndpointFault extends Error {
  readonly detail: FaultDetail;

  constructor(message: string, detail: FaultDetail) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'EndpointFault';
    this.detail = detail;
  }

  /** The endpoint asks for fewer requests. */
  get throttled(): boolean {
    return this.detail.status === 429 || this.detail.status === 503 || this.detail.status === 529;
  }
}

/** An answer that is not what the protocol promises; sending again would not help. */
export function invalidResponse(message: string): EndpointFault {
  return new EndpointFault(message, { reason: 'invalid_response', retryable: false });
}

/** The fault behind an HTTP status that is not 200. `body` is the beginning of the answer. */
export function statusFault(
  place: string,
  status: number,
  body: string,
  retryAfterMs: number | undefined,
): EndpointFault {
  const message = `${place} answered ${status}${excerpt(body)}`;
  return new EndpointFault(message, {
    reason: reasonOf(status, body),
    retryable: status === 408 || status === 429 || status >= 500,
    status,
    retryAfterMs,
  });
}

/** The fault behind an error that is reported inside an answer with status 200: `{"error": {"message", "code"}}`. */
export function stoppedFault(place: string, error: unknown): EndpointFault {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : Number.NaN;
  const status = Number.isInteger(code) && code >= 400 && code < 600 ? code : undefined;
  const message = `${place} reported an error in its answer${excerpt(JSON.stringify(error))}`;
  const retryable = status === undefined || status === 408 || status === 429 || status >= 500;
  return new EndpointFault(message, {
    reason: status === 429 ? 'rate_limited' : 'http_error',
    retryable,
    status,
  });
}

/** The fault behind an exception of the HTTP client: nothing listens, the connection broke, the endpoint is silent. */
export function connectionFault(place: string, thrown: unknown): EndpointFault {
  const error = toError(thrown);
  // An address that may not be asked today may not be asked in a second either.
  if (error instanceof BancadaError) {
    return new EndpointFault(error.message, { reason: 'connection_failed', retryable: false, cause: thrown });
  }
  const timedOut =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError;
  const reason = timedOut ? 'timeout' : 'connection_failed';
  return new EndpointFault(`${place}: ${describe(error)}`, { reason, retryable: true, cause: thrown });
}

/** ` : "first 200 characters"` of an answer, or nothing when it is empty. */
export function excerpt(body: string): string {
  const text = body.replace(/\s+/g, ' ').trim();
  return text === '' ? '' : `: ${JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text)}`;
}

function reasonOf(status: number, body: string): FailureReason {
  if (status === 429) return 'rate_limited';
  if (status === 408 || status === 504) return 'timeout';
  const tooLong =
    /context.{0,20}(length|size|window)|maximum context|too (long|many tokens)|exceeds? the.{0,30}(context|length)/i;
  return status < 500 && tooLong.test(body) ? 'context_overflow' : 'http_error';
}

function describe(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there (connection refused)',
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'the name of the host cannot be looked up',
    ECONNRESET: 'the connection was reset',
    EHOSTUNREACH: 'the host cannot be reached',
    UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
    UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  };
  const known = words[code];
  if (known !== undefined) return known;
  return (
    error.message ||
    (error instanceof AggregateError ? error.errors.map(String).join('; ') : code || error.name)
  );
}
