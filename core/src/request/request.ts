// One question to a language model and its answer: the currency between task, provider and engine.
import type { Prompt } from '../prompt/message.ts';
import type { Timing } from './timing.ts';

/** How text is drawn. Temperature 0 is greedy decoding. */
export interface Sampling {
  readonly temperature: number;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly seed?: number | undefined;
}

/** Asks for text until a stop string, the end token or `maxTokens`. */
export interface GenerateRequest {
  readonly kind: 'generate';
  /** Unique among the requests of one call. */
  readonly id: string;
  readonly prompt: Prompt;
  /** Generation ends before the first of these; none of them is part of the answer. */
  readonly stop: readonly string[];
  readonly maxTokens: number;
  readonly sampling: Sampling;
}

/** Asks for the summed log-probability (nats) of a continuation after a context (metrics.md §1; lm_eval/api/model.py `_encode_pair`). */
export interface LoglikelihoodRequest {
  readonly kind: 'loglikelihood';
  readonly id: string;
  readonly context: Prompt;
  readonly continuation: string;
}

/** Asks for the log-probability of a whole text in disjoint windows (lm_eval/utils.py `get_rolling_token_windows`). */
export interface RollingRequest {
  readonly kind: 'loglikelihood_rolling';
  readonly id: string;
  readonly text: string;
}

/** Anything that a task may ask. */
export type LanguageRequest = GenerateRequest | LoglikelihoodRequest | RollingRequest;

/** Requests answered with a log-probability. */
export type ScoringRequest = LoglikelihoodRequest | RollingRequest;

/** Tokens that were read and written. `dropped`: prompt tokens cut on the left because the context was full. */
export interface TokenCount {
  readonly prompt: number;
  readonly output: number;
  readonly dropped: number;
}

/** Why a request has no answer; a closed list, so that failures can be counted by reason. */
export type FailureReason =
  | 'empty_continuation'
  | 'context_overflow'
  | 'engine_crashed'
  | 'timeout'
  | 'rate_limited'
  | 'http_error'
  | 'connection_failed'
  | 'invalid_response'
  | 'capability_missing'
  | 'template_failed'
  | 'retrieval_failed'
  | 'scoring_failed';

/** A request that could not be answered. `message` says what happened in one sentence. */
export interface FailedResult {
  readonly id: string;
  readonly status: 'failed';
  readonly reason: FailureReason;
  readonly message: string;
  /** How often it was tried. */
  readonly attempts: number;
}

/** The answer to a {@link GenerateRequest}. */
export interface GenerateResult {
  readonly id: string;
  readonly status: 'ok';
  readonly kind: 'generate';
  readonly text: string;
  readonly finish: 'stop' | 'length';
  readonly tokens: TokenCount;
  readonly timing: Timing;
  /** Tries that were needed; above 1 the timing is of the last try. */
  readonly attempts: number;
}

/** The answer to a {@link ScoringRequest}. */
export interface LoglikelihoodResult {
  readonly id: string;
  readonly status: 'ok';
  readonly kind: 'loglikelihood';
  /** Sum over the continuation's tokens, in nats (at most 0). */
  readonly loglikelihood: number;
  /** Whether every token of the continuation is the most likely one. */
  readonly isGreedy: boolean;
  /** `output` counts the continuation's tokens. */
  readonly tokens: TokenCount;
  readonly timing: Timing;
  readonly attempts: number;
}

/** Any answer. */
export type LanguageResult = GenerateResult | LoglikelihoodResult | FailedResult;
