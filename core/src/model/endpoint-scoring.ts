// Loglikelihoods over HTTP: the echoed log-probabilities of a context and its continuation, those of the latter summed.
import { trailingSpace } from '../engine/encode-pair.ts';
import type { LoglikelihoodResult, ScoringRequest } from '../request/request.ts';
import type { EndpointClient } from './endpoint-client.ts';
import { codePoints, echoBody, readEcho } from './endpoint-echo.ts';
import { EndpointFault } from './endpoint-fault.ts';

/** Where and how to ask. */
export interface ScoringEndpoint {
  readonly client: EndpointClient;
  readonly model: string;
  /** Text of the token that begins a document, put before a text without context. */
  readonly prefix: string | undefined;
}

/**
 * Scores one request (metrics.md §1; lm_eval/models/openai_completions.py). The context's trailing white space moves
 * to the continuation; the continuation's tokens are those that begin at or after its first character. A whole text is
 * scored in one piece: without the model's tokenizer it cannot be cut into windows.
 * @throws EndpointFault: `empty_continuation`, `capability_missing`, or what the request met; the reason of an aborted signal.
 */
export async function scoreOnce(
  request: ScoringRequest,
  { client, model, prefix = '' }: ScoringEndpoint,
  signal: AbortSignal,
): Promise<Omit<LoglikelihoodResult, 'attempts'>> {
  const start = performance.now();
  const split = contextAndContinuation(request);
  const context = split.context === '' ? prefix : split.context;
  const text = context + split.continuation;
  const tokens = readEcho(await client.post('/completions', echoBody(model, text), signal), text);
  const border = codePoints(context);
  const scored = tokens.filter((token) => token.start >= border);
  if (scored.length === 0) {
    const message = `the continuation ${JSON.stringify(split.continuation)} has no token of its own after ${JSON.stringify(context.slice(-60))}`;
    throw new EndpointFault(message, { reason: 'empty_continuation', retryable: false });
  }
  if (scored.some((token) => token.logprob === null)) {
    const message =
      'the endpoint gives no log-probability for the first token of a text: set "prefix" to the text of the token that begins a document (e.g. <|endoftext|>)';
    throw new EndpointFault(message, { reason: 'capability_missing', retryable: false });
  }
  return {
    id: request.id,
    status: 'ok',
    kind: 'loglikelihood',
    loglikelihood: scored.reduce((sum, token) => sum + (token.logprob ?? 0), 0),
    isGreedy: scored.every((token) => token.isGreedy),
    tokens: { prompt: tokens.length - scored.length, output: scored.length, dropped: 0 },
    timing: { queueMs: 0, e2eMs: performance.now() - start },
  };
}

function contextAndContinuation(request: ScoringRequest): { context: string; continuation: string } {
  if (request.kind === 'loglikelihood_rolling') return { context: '', continuation: request.text };
  if (request.context.type === 'messages') {
    const message =
      'the log-probability of an answer in a chat needs the chat template, which an endpoint does not give';
    throw new EndpointFault(message, { reason: 'capability_missing', retryable: false });
  }
  const whole = request.context.text;
  const context = whole.replace(trailingSpace, '');
  return { context, continuation: whole.slice(context.length) + request.continuation };
}
