// From the answers of one item's requests to the sample that is kept: scored, or failed with its reason.
import { toError } from '../errors.ts';
import type { RetrievedChunk } from '../rag/document.ts';
import { retrievalScores } from '../rag/hit.ts';
import type { FailureReason, LanguageRequest, LanguageResult, TokenCount } from '../request/request.ts';
import type { Timing } from '../request/timing.ts';
import type { TaskItem } from '../task/task.ts';
import type { SampleRecord, SampleRequest } from './record.ts';

/** One repeat of one item, as it was put to the model. */
export interface AskedItem {
  readonly evaluationId: string;
  readonly item: TaskItem;
  readonly repeat: number;
  /** Undefined for closed book. */
  readonly contexts: readonly RetrievedChunk[] | undefined;
  readonly requests: readonly LanguageRequest[];
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
}

type Answered = Exclude<LanguageResult, { status: 'failed' }>;

const noTime: Timing = { queueMs: 0, e2eMs: 0 };

/** The sample of an item whose requests were all answered, `results` in the order of the requests. */
export function assembleSample(asked: AskedItem, results: readonly LanguageResult[]): SampleRecord {
  const failed = results.find((result) => result.status === 'failed');
  if (failed) return failedSample(asked, failed.reason, failed.message, results);
  try {
    const { scores, prediction } = asked.item.outcome(results, asked.contexts ?? []);
    return { ...unscored(asked, results), outcome: { status: 'ok' }, scores, prediction };
  } catch (thrown) {
    return failedSample(asked, 'scoring_failed', toError(thrown).message, results);
  }
}

/** The sample of an item that has no score, with what was answered nevertheless. */
export function failedSample(
  asked: AskedItem,
  reason: FailureReason,
  message: string,
  results: readonly LanguageResult[] = [],
): SampleRecord {
  return { ...unscored(asked, results), outcome: { status: 'failed', reason, message } };
}

function unscored(asked: AskedItem, results: readonly LanguageResult[]): SampleRecord {
  const { item, contexts, requests } = asked;
  const answered = results.filter((result) => result.status === 'ok');
  return {
    evaluationId: asked.evaluationId,
    item: item.index,
    repeat: asked.repeat,
    itemId: item.id,
    outcome: { status: 'ok' },
    input: requests[0] ? inputOf(requests[0]) : '',
    target: item.target,
    prediction: '',
    output: answered[0]?.kind === 'generate' ? answered[0].text : '',
    group: item.group,
    choices: choicesOf(requests),
    requests: results.flatMap((result, position) =>
      result.status === 'ok' ? [sampleRequest(requests[position], result)] : [],
    ),
    retrieved: contexts,
    relevantDocuments: contexts && item.relevantDocuments,
    ...(contexts && retrievalScores(contexts, item.relevantDocuments)),
    scores: [],
    tokens: totalTokens(answered),
    timing: overallTiming(answered),
    startedAt: asked.startedAt,
  };
}

function inputOf(request: LanguageRequest): string {
  if (request.kind === 'loglikelihood_rolling') return request.text;
  const prompt = request.kind === 'generate' ? request.prompt : request.context;
  return prompt.type === 'text' ? prompt.text : JSON.stringify(prompt.messages);
}

// Choices after an empty context are asked besides those after the question (acc_mutual_info).
function choicesOf(requests: readonly LanguageRequest[]): number | undefined {
  const scored = requests.filter((request) => request.kind === 'loglikelihood');
  if (scored.length < 2) return undefined;
  const conditional = scored.filter(
    ({ context }) => context.type === 'messages' || context.text !== '',
  ).length;
  return conditional === 0 ? scored.length : conditional;
}

function sampleRequest(request: LanguageRequest | undefined, result: Answered): SampleRequest {
  const { tokens, attempts } = result;
  const timing = withShortGaps(result.timing);
  if (result.kind === 'generate') return { text: '', finish: result.finish, tokens, timing, attempts };
  const { loglikelihood, isGreedy } = result;
  const text = request?.kind === 'loglikelihood' ? request.continuation : '';
  return { text, loglikelihood, isGreedy, tokens, timing, attempts };
}

// Microseconds are finer than any clock that is read here, and hundreds of gaps are kept per sample.
function withShortGaps(timing: Timing): Timing {
  if (timing.interTokenMs === undefined) return timing;
  return { ...timing, interTokenMs: timing.interTokenMs.map((gap) => Math.round(gap * 1000) / 1000) };
}

function totalTokens(answered: readonly Answered[]): TokenCount {
  if (answered.length === 1 && answered[0]) return answered[0].tokens;
  const total = { prompt: 0, output: 0, dropped: 0 };
  for (const { tokens } of answered) {
    total.prompt += tokens.prompt;
    total.output += tokens.output;
    total.dropped += tokens.dropped;
  }
  return total;
}

function overallTiming(answered: readonly Answered[]): Timing {
  const [first, ...others] = answered.map((result) => result.timing);
  if (first === undefined) return noTime;
  if (others.length === 0) return withShortGaps(first);
  const timings = [first, ...others];
  const generated = timings.find((timing) => timing.ttftMs !== undefined);
  return {
    queueMs: Math.min(...timings.map((timing) => timing.queueMs)),
    ttftMs: generated?.ttftMs,
    interTokenMs: generated?.interTokenMs && withShortGaps(generated).interTokenMs,
    e2eMs: Math.max(...timings.map((timing) => timing.e2eMs)),
    prefillMs: sumKnown(timings.map((timing) => timing.prefillMs)),
    decodeMs: sumKnown(timings.map((timing) => timing.decodeMs)),
  };
}

// A sum with an unknown part would look like a fast one.
function sumKnown(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  );
}
