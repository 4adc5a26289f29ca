// Answers a stream of log-probability requests with a local model.
import type { FailedResult, LoglikelihoodResult, ScoringRequest } from '../request/request.ts';
import { type BackendCall, type Entered, monotonicNow } from './backend.ts';
import { encodePair } from './encode-pair.ts';
import type { Intake } from './intake.ts';
import type { LocalModel } from './local-model.ts';
import { PrefixOrder } from './prefix-order.ts';
import { promptFailure, promptText } from './prompt-text.ts';
import { rollingWindows } from './rolling-windows.ts';
import { scoreContinuations } from './score-continuations.ts';
import { prefixToken } from './text-tokenizer.ts';
import type { TokenSequence } from './token-sequence.ts';

/** One context with one continuation; a rolling request is several. */
interface Job {
  readonly context: readonly number[];
  readonly continuation: readonly number[];
  readonly sum: RequestSum;
}

/** What has been scored of one request. */
interface RequestSum {
  readonly entered: Entered<ScoringRequest>;
  readonly dropped: number;
  open: number;
  loglikelihood: number;
  isGreedy: boolean;
  prompt: number;
  output: number;
  prefillMs: number;
  startedMs: number | undefined;
}

/** Works until the intake ends; each sequence takes what shares most with what it has just read. */
export async function runScoring(
  model: LocalModel,
  intake: Intake<Entered<ScoringRequest>>,
  call: BackendCall<LoglikelihoodResult>,
): Promise<void> {
  const order = new PrefixOrder<Job>();
  const work = async (sequence: TokenSequence): Promise<void> => {
    while (!call.signal.aborted) {
      for (const entered of intake.drain()) admit(model, entered, order, call);
      const jobs = order.takeNearest(sequence.tokens);
      if (jobs.length > 0) await score(sequence, jobs, call);
      else if (!(await intake.wait())) return;
    }
  };
  await Promise.all(model.sequences.map(work));
}

function admit(
  model: LocalModel,
  entered: Entered<ScoringRequest>,
  order: PrefixOrder<Job>,
  call: BackendCall<LoglikelihoodResult>,
): void {
  const planned = plan(model, entered);
  if ('status' in planned) {
    call.emit(planned);
    return;
  }
  if (planned.length === 0) call.emit(result(emptySum(entered, 0, 0)));
  for (const job of planned) order.add(job);
}

function plan(model: LocalModel, entered: Entered<ScoringRequest>): Job[] | FailedResult {
  const { request } = entered;
  if (request.kind === 'loglikelihood_rolling') {
    const prefix = prefixToken(model.tokenizer);
    const ids = model.tokenizer.encode(request.text);
    const windows = rollingWindows(ids[0] === prefix ? ids.slice(1) : ids, prefix, model.maxLength);
    const sum = emptySum(entered, windows.length, 0);
    return windows.map(({ context, predicted }) => ({ context, continuation: predicted, sum }));
  }
  try {
    const pair = encodePair(
      model.tokenizer,
      promptText(model, request.context),
      request.continuation,
      model.maxLength,
    );
    if (pair.status === 'failed') return { ...pair, id: request.id, attempts: 1 };
    return [
      { context: pair.context, continuation: pair.continuation, sum: emptySum(entered, 1, pair.dropped) },
    ];
  } catch (thrown) {
    return promptFailure(request.id, thrown);
  }
}

function emptySum(entered: Entered<ScoringRequest>, open: number, dropped: number): RequestSum {
  return {
    entered,
    dropped,
    open,
    loglikelihood: 0,
    isGreedy: true,
    prompt: 0,
    output: 0,
    prefillMs: 0,
    startedMs: undefined,
  };
}

async function score(
  sequence: TokenSequence,
  jobs: readonly Job[],
  call: BackendCall<LoglikelihoodResult>,
): Promise<void> {
  const startedMs = monotonicNow();
  call.started(jobs.map(({ sum }) => sum.entered.request.id));
  const context = jobs[0]?.context ?? [];
  const scores = await scoreContinuations(
    sequence,
    context,
    jobs.map((job) => job.continuation),
  );
  const shareMs = (monotonicNow() - startedMs) / jobs.length;
  for (const [index, { sum, continuation }] of jobs.entries()) {
    sum.startedMs ??= startedMs;
    sum.loglikelihood += scores[index]?.loglikelihood ?? Number.NaN;
    sum.isGreedy &&= scores[index]?.isGreedy ?? false;
    sum.prompt += context.length;
    sum.output += continuation.length;
    sum.prefillMs += shareMs;
    sum.open -= 1;
    if (sum.open === 0) call.emit(result(sum));
  }
}

function result(sum: RequestSum): LoglikelihoodResult | FailedResult {
  const { request, enteredMs } = sum.entered;
  if (Number.isNaN(sum.loglikelihood)) {
    const message = 'the model gave a log-probability that is not a number';
    return { id: request.id, status: 'failed', reason: 'invalid_response', message, attempts: 1 };
  }
  const now = monotonicNow();
  return {
    id: request.id,
    status: 'ok',
    kind: 'loglikelihood',
    loglikelihood: sum.loglikelihood,
    isGreedy: sum.isGreedy,
    tokens: { prompt: sum.prompt, output: sum.output, dropped: sum.dropped },
    timing: { queueMs: (sum.startedMs ?? now) - enteredMs, e2eMs: now - enteredMs, prefillMs: sum.prefillMs },
    attempts: 1,
  };
}
