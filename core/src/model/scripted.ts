// Provider `scripted`: answers from a file, for tests and for measuring everything but the model.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type {
  FailedResult,
  GenerateRequest,
  GenerateResult,
  LoglikelihoodResult,
  ScoringRequest,
  TokenCount,
} from '../request/request.ts';
import { concurrentMap } from './concurrent-map.ts';
import { hashValue } from './file-hash.ts';
import type { CallOptions, LanguageModel } from './language-model.ts';
import { promptText } from './prompt-text.ts';
import type { ModelProvider, ProviderContext } from './provider.ts';
import { hashedLoglikelihood, pairKey, readScript, type ScriptedAnswers } from './scripted-answers.ts';

const optionsSchema = z.strictObject({
  file: z.string().min(1).optional().describe('JSONL of answers, relative to the suite'),
  answer: z.string().optional().describe('given to every prompt that the file does not know'),
  loglikelihood: z
    .union([z.number().max(0), z.literal('hash')])
    .optional()
    .describe('given to every text that the file does not know; `hash`: a number made from the text'),
  latency_ms: z.number().min(0).default(0).describe('how long each answer takes'),
  concurrency: z.int().min(1).default(64).describe('answers under way at once, when they take time'),
  fail_every: z.int().min(1).optional().describe('every n-th request fails'),
});

/** What stands under a model with `provider: scripted`. */
export type ScriptedOptions = z.output<typeof optionsSchema>;

/** Answers from a file. */
export const scripted: ModelProvider<ScriptedOptions> = {
  description: 'answers from a file, for tests',
  options: optionsSchema,
  language: openScripted,
};

const nothing: ScriptedAnswers = { answers: new Map(), loglikelihoods: new Map(), sha256: '' };

async function openScripted(options: ScriptedOptions, context: ProviderContext): Promise<LanguageModel> {
  const file = options.file === undefined ? undefined : path.resolve(context.baseDirectory, options.file);
  const script = file === undefined ? nothing : await readScript(file);
  let asked = 0;
  const answered = <Answer>(id: string, answer: () => Answer | undefined): Answer | FailedResult => {
    asked += 1;
    if (options.fail_every !== undefined && asked % options.fail_every === 0) {
      return failed(id, `scripted to fail every ${options.fail_every} requests`);
    }
    return answer() ?? failed(id, 'the script has no answer to this prompt');
  };
  const stream = <Request extends { readonly id: string }, Answer>(
    requests: AsyncIterable<Request>,
    answer: (request: Request) => Answer | undefined,
    call: CallOptions | undefined,
  ) => {
    if (options.latency_ms === 0)
      return atOnce(requests, (one) => answered(one.id, () => answer(one)), call?.signal);
    const waitAndAnswer = async (one: Request) => {
      await sleep(options.latency_ms);
      return answered(one.id, () => answer(one));
    };
    return concurrentMap(requests, waitAndAnswer, { limit: () => options.concurrency, signal: call?.signal });
  };
  return {
    info: {
      name: context.name,
      provider: 'scripted',
      fingerprint: hashValue(['scripted', script.sha256, options.answer, options.loglikelihood]),
      uri: file ?? 'scripted:',
      sha256: file === undefined ? undefined : script.sha256,
      engine: 'scripted',
      options: { ...options },
    },
    capabilities: { completion: true, chat: true, loglikelihood: true, seed: true },
    generate: (requests, call) => stream(requests, (one) => generation(one, script, options), call),
    loglikelihood: (requests, call) => stream(requests, (one) => loglikelihood(one, script, options), call),
    close: async () => undefined,
  };
}

async function* atOnce<Request, Answer>(
  requests: AsyncIterable<Request>,
  answer: (request: Request) => Answer,
  signal: AbortSignal | undefined,
): AsyncGenerator<Answer> {
  for await (const request of requests) {
    if (signal?.aborted) return;
    yield answer(request);
  }
}

function generation(
  request: GenerateRequest,
  script: ScriptedAnswers,
  options: ScriptedOptions,
): GenerateResult | undefined {
  const prompt = promptText(request.prompt);
  const answer = script.answers.get(prompt) ?? options.answer;
  if (answer === undefined) return undefined;
  const text = beforeStop(answer, request.stop);
  const e2eMs = options.latency_ms;
  const timing = { queueMs: 0, ttftMs: e2eMs, e2eMs };
  const finish = 'stop';
  return {
    id: request.id,
    status: 'ok',
    kind: 'generate',
    text,
    finish,
    tokens: count(prompt, text),
    timing,
    attempts: 1,
  };
}

function loglikelihood(
  request: ScoringRequest,
  script: ScriptedAnswers,
  options: ScriptedOptions,
): LoglikelihoodResult | undefined {
  const [context, text] =
    request.kind === 'loglikelihood'
      ? [promptText(request.context), request.continuation]
      : ['', request.text];
  const key = request.kind === 'loglikelihood' ? pairKey(context, text) : text;
  const known = script.loglikelihoods.get(key) ?? fallback(key, options);
  if (known === undefined) return undefined;
  const timing = { queueMs: 0, e2eMs: options.latency_ms };
  const tokens = count(context, text);
  return { id: request.id, status: 'ok', kind: 'loglikelihood', ...known, tokens, timing, attempts: 1 };
}

function fallback(key: string, options: ScriptedOptions) {
  if (options.loglikelihood === undefined) return undefined;
  const value = options.loglikelihood === 'hash' ? hashedLoglikelihood(key) : options.loglikelihood;
  return { loglikelihood: value, isGreedy: false };
}

function beforeStop(answer: string, stops: readonly string[]): string {
  const ends = stops
    .filter((stop) => stop !== '')
    .map((stop) => answer.indexOf(stop))
    .filter((end) => end >= 0);
  return ends.length === 0 ? answer : answer.slice(0, Math.min(...ends));
}

function count(prompt: string, output: string): TokenCount {
  return { prompt: words(prompt), output: words(output), dropped: 0 };
}

function words(text: string): number {
  let found = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const blank = text.charCodeAt(i) <= 32;
    if (!blank && !inside) found += 1;
    inside = !blank;
  }
  return found;
}

function failed(id: string, message: string): FailedResult {
  return { id, status: 'failed', reason: 'invalid_response', message, attempts: 1 };
}
