// Answers requests to an endpoint side by side: bounded concurrency, retries, failures by reason.
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError } from '../errors.ts';
import type { FailedResult, LanguageRequest } from '../request/request.ts';
import type { Timing } from '../request/timing.ts';
import { concurrentMap } from './concurrent-map.ts';
import { EndpointFault } from './endpoint-fault.ts';
import { EndpointGate } from './endpoint-gate.ts';
import { type EndpointOptions, publicAddress } from './endpoint-options.ts';
import { pauseBeforeRetry } from './endpoint-retry.ts';
import type { CallOptions } from './language-model.ts';

/** What every answer bears, whatever its kind. */
export interface Answered {
  readonly timing: Timing;
}

/** How hard an endpoint is asked. */
export type DeskOptions = Pick<
  EndpointOptions,
  'base_url' | 'concurrency' | 'requests_per_minute' | 'timeout_s' | 'max_retries' | 'retry_delay_ms'
>;

/** Takes requests in and answers them side by side. */
export class EndpointDesk {
  readonly #options: DeskOptions;
  readonly #gate: EndpointGate;
  /** Requests in a row whose every try met a dead connection. */
  #unreachable = 0;

  constructor(options: DeskOptions) {
    this.#options = options;
    const { concurrency, requests_per_minute: requestsPerMinute } = options;
    this.#gate = new EndpointGate({ concurrency, requestsPerMinute });
  }

  /** One result per request, in any order. @throws BancadaError ENDPOINT_FAILED when nothing is reached any more. */
  async *answer<Request extends LanguageRequest, Answer extends Answered>(
    requests: AsyncIterable<Request>,
    { signal }: CallOptions = {},
    ask: (request: Request, signal: AbortSignal) => Promise<Answer>,
  ): AsyncGenerator<(Answer & { attempts: number }) | FailedResult> {
    // Whoever leaves the stream early wants nothing more of the endpoint either.
    const stop = new AbortController();
    const work = (request: Request) => this.#answerOne(request, stop.signal, ask);
    try {
      for await (const result of concurrentMap(requests, work, {
        limit: () => this.#options.concurrency,
        signal,
      })) {
        yield result;
        if (this.#unreachable >= 2 * this.#options.concurrency) throw this.#lost();
      }
    } finally {
      stop.abort();
    }
  }

  async #answerOne<Request extends LanguageRequest, Answer extends Answered>(
    request: Request,
    signal: AbortSignal,
    ask: (request: Request, signal: AbortSignal) => Promise<Answer>,
  ): Promise<(Answer & { attempts: number }) | FailedResult> {
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await this.#tryOnce(request, signal, ask);
      if (!(outcome instanceof EndpointFault)) {
        this.#unreachable = 0;
        return { ...outcome, attempts };
      }
      const { reason, retryable, retryAfterMs } = outcome.detail;
      const tooLong = (retryAfterMs ?? 0) > this.#options.timeout_s * 1000;
      if (!retryable || tooLong || attempts > this.#options.max_retries) {
        this.#unreachable = reason === 'connection_failed' ? this.#unreachable + 1 : 0;
        const message = tooLong
          ? `${outcome.message} (asks to wait for ${(retryAfterMs ?? 0) / 1000} s)`
          : outcome.message;
        return { id: request.id, status: 'failed', reason, message, attempts };
      }
      if (outcome.throttled && retryAfterMs !== undefined) this.#gate.pause(retryAfterMs);
      await sleep(pauseBeforeRetry(attempts, this.#options.retry_delay_ms, retryAfterMs), undefined, {
        signal,
      });
    }
  }

  /** Times are of this try alone. */
  async #tryOnce<Request extends LanguageRequest, Answer extends Answered>(
    request: Request,
    signal: AbortSignal,
    ask: (request: Request, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer | EndpointFault> {
    const asked = performance.now();
    const entered = await this.#gate.enter(signal);
    let outcome: 'answered' | 'failed' | 'overloaded' = 'failed';
    try {
      const answer = await ask(request, signal);
      outcome = 'answered';
      return { ...answer, timing: afterQueue(answer.timing, entered - asked) };
    } catch (thrown) {
      if (!(thrown instanceof EndpointFault)) throw thrown;
      if (thrown.throttled) outcome = 'overloaded';
      return thrown;
    } finally {
      this.#gate.leave(entered, outcome);
    }
  }

  #lost(): BancadaError {
    const address = publicAddress(this.#options.base_url);
    return new BancadaError('ENDPOINT_FAILED', `${address} can no longer be reached`, {
      hint: `${this.#unreachable} requests in a row met no living connection; what was answered is kept, go on with --resume`,
    });
  }
}

function afterQueue(timing: Timing, queueMs: number): Timing {
  const ttft = timing.ttftMs === undefined ? {} : { ttftMs: timing.ttftMs + queueMs };
  return { ...timing, ...ttft, queueMs, e2eMs: timing.e2eMs + queueMs };
}
