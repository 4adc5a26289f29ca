// A language model that answers streams of requests; the provider batches and orders them.
import type {
  FailedResult,
  GenerateRequest,
  GenerateResult,
  LoglikelihoodResult,
  ScoringRequest,
} from '../request/request.ts';
import type { Capabilities } from './capabilities.ts';
import type { ModelInfo } from './model-info.ts';

/** Options of one call. */
export interface CallOptions {
  /** Ends the call within 2 s; unanswered requests are simply not yielded. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Told pieces of generated text while they come, by the request's id. After a retry the text begins anew, and some providers
   * tell nothing: the result holds the whole.
   */
  readonly onText?: ((id: string, piece: string) => void) | undefined;
}

/** Requests are pulled as the model has room for them (bounded look-ahead), results come in any order. */
export interface LanguageModel {
  readonly info: ModelInfo;
  readonly capabilities: Capabilities;
  /** One result per request; a failed request is a result, not an exception. Throws BancadaError when the model itself is lost. */
  generate(
    requests: AsyncIterable<GenerateRequest>,
    options?: CallOptions,
  ): AsyncIterable<GenerateResult | FailedResult>;
  /** As {@link generate}, for log-probabilities. */
  loglikelihood(
    requests: AsyncIterable<ScoringRequest>,
    options?: CallOptions,
  ): AsyncIterable<LoglikelihoodResult | FailedResult>;
  /** Frees weights, child process and connections. */
  close(): Promise<void>;
}
