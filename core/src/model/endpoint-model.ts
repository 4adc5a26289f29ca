// A LanguageModel behind an OpenAI-compatible address: bounded concurrency, retries, failures by reason.
import { setTimeout as sleep } from 'node:timers/promises';
import { packageVersion } from '../engine/package-version.ts';
import { BancadaError } from '../errors.ts';
import type { FailedResult, LanguageRequest } from '../request/request.ts';
import type { Timing } from '../request/timing.ts';
import { concurrentMap } from './concurrent-map.ts';
import { EndpointClient } from './endpoint-client.ts';
import { EndpointDialect } from './endpoint-dialect.ts';
import { EndpointFault } from './endpoint-fault.ts';
import { EndpointGate } from './endpoint-gate.ts';
import { type GenerationApi, generateOnce } from './endpoint-generation.ts';
import { type EndpointOptions, publicAddress } from './endpoint-options.ts';
import { type EndpointProbe, probe } from './endpoint-probe.ts';
import { pauseBeforeRetry } from './endpoint-retry.ts';
import { scoreOnce } from './endpoint-scoring.ts';
import { hashValue } from './file-hash.ts';
import type { CallOptions, LanguageModel } from './language-model.ts';
import type { ModelInfo } from './model-info.ts';
import type { ProviderContext } from './provider.ts';

/** What every answer bears, whatever its kind. */
interface Answered {
  readonly timing: Timing;
}

/**
 * Probes the endpoint and opens it.
 * @throws BancadaError ENDPOINT_FAILED, UNKNOWN_NAME (model), INVALID_INPUT (no key in the named variable).
 */
export async function openEndpoint(
  options: EndpointOptions,
  context: ProviderContext,
): Promise<LanguageModel> {
  const client = new EndpointClient(options, readKey(options, context));
  const dialect = new EndpointDialect();
  try {
    const found = await probe(options, client, dialect, new AbortController().signal);
    return endpointModel(options, describe(options, found, context), found, { client, dialect });
  } catch (thrown) {
    await client.close();
    throw thrown;
  }
}

function endpointModel(
  options: EndpointOptions,
  info: ModelInfo,
  { capabilities }: EndpointProbe,
  { client, dialect }: { readonly client: EndpointClient; readonly dialect: EndpointDialect },
): LanguageModel {
  const { model, prefix } = options;
  const desk = new EndpointDesk(options);
  const apiFor = (prompt: 'text' | 'messages'): GenerationApi => {
    if (prompt === 'text') return capabilities.completion ? 'completions' : 'chat';
    if (capabilities.chat) return 'chat';
    throw lacking(`the endpoint has no chat: ${capabilities.missing?.chat ?? ''}`);
  };
  return {
    info,
    capabilities,
    generate: (requests, call) =>
      desk.answer(requests, call, async (request, signal) => {
        const api = apiFor(request.prompt.type);
        return (await generateOnce(request, api, { client, model, dialect }, signal)).answer;
      }),
    loglikelihood: (requests, call) =>
      desk.answer(requests, call, async (request, signal) => {
        if (!capabilities.loglikelihood) throw lacking(capabilities.missing?.loglikelihood ?? '');
        return scoreOnce(request, { client, model, prefix }, signal);
      }),
    close: () => client.close(),
  };
}

/** Takes requests in and answers them side by side. */
class EndpointDesk {
  readonly #options: EndpointOptions;
  readonly #gate: EndpointGate;
  /** Requests in a row whose every try met a dead connection. */
  #unreachable = 0;

  constructor(options: EndpointOptions) {
    this.#options = options;
    const { concurrency, requests_per_minute: requestsPerMinute } = options;
    this.#gate = new EndpointGate({ concurrency, requestsPerMinute });
  }

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

function readKey(options: EndpointOptions, context: ProviderContext): string | undefined {
  if (options.api_key_env === undefined) return undefined;
  const key = context.secret(options.api_key_env);
  if (key) return key;
  throw new BancadaError('INVALID_INPUT', 'the environment variable that should hold the key is not set', {
    key: 'api_key_env',
    value: options.api_key_env,
    hint: `Set it: export ${options.api_key_env}=…`,
  });
}

function describe(options: EndpointOptions, found: EndpointProbe, context: ProviderContext): ModelInfo {
  const { base_url, model, api, prefix, extra_body, headers } = options;
  const address = publicAddress(base_url);
  return {
    name: context.name,
    provider: 'openai-compatible',
    fingerprint: hashValue(['openai-compatible', address, model, api, prefix, extra_body]),
    uri: `${address}#${model}`,
    engine: `${found.ownedBy ?? 'unknown server'}, asked through undici ${packageVersion('undici')}`,
    contextLength: options.context_size ?? found.contextLength,
    options: {
      ...options,
      base_url: address,
      headers: Object.keys(headers),
      token_counts: found.countsTokens ? "the endpoint's own" : 'pieces of the stream; prompts not counted',
    },
  };
}

function lacking(message: string): EndpointFault {
  return new EndpointFault(message, { reason: 'capability_missing', retryable: false });
}
