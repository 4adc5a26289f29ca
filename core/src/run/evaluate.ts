// One evaluation as a stream: items, contexts, requests, answers, samples; nothing is held that is not in flight.
import { toError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { RagPipeline } from '../rag/pipeline.ts';
import type { GenerateRequest, LanguageRequest, ScoringRequest } from '../request/request.ts';
import type { Task } from '../task/task.ts';
import { AnswerBoard } from './answer-board.ts';
import { type AskedItem, assembleSample, failedSample } from './assemble-sample.ts';
import type { FinishedSamples } from './finished-samples.ts';
import type { EvaluationRecord, SampleRecord } from './record.ts';
import { type ItemWithContexts, retrieveContexts } from './retrieve-contexts.ts';

/** What is to be done, with everything open. */
export interface EvaluationJob {
  readonly evaluation: EvaluationRecord;
  readonly task: Task;
  readonly model: LanguageModel;
  /** Undefined for closed book. */
  readonly pipeline: RagPipeline | undefined;
  readonly limit: number | undefined;
  readonly finished: FinishedSamples;
  readonly signal: AbortSignal;
  /** Takes a finished sample; a promise asks to wait (the store is behind). */
  readonly add: (sample: SampleRecord) => Promise<void> | undefined;
}

/**
 * Asks and scores everything that is not finished. Returns when all samples were added, or after an abort.
 * @throws what the data set, the model or `add` threw; the samples added before that stay.
 */
export async function evaluate(job: EvaluationJob): Promise<void> {
  const board = new AnswerBoard();
  const source = new RequestSource(job, board);
  for await (const result of answers(job, source)) {
    const answered = board.answer(result);
    const wait = answered && job.add(assembleSample(answered.asked, answered.results));
    if (wait) await wait;
  }
  if (job.signal.aborted) return;
  if (source.fault !== undefined) throw source.fault;
  for (const asked of board.takeUnanswered()) {
    await job.add(failedSample(asked, 'invalid_response', 'the model gave no answer'));
  }
}

function answers({ task, model, signal }: EvaluationJob, source: RequestSource) {
  // Every request of a task is of the kind that its output type tells.
  if (task.outputType === 'generate_until' || task.outputType === 'chat') {
    return model.generate(source as AsyncIterable<GenerateRequest>, { signal });
  }
  return model.loglikelihood(source as AsyncIterable<ScoringRequest>, { signal });
}

/** The requests of an evaluation, made as the model pulls them. */
class RequestSource implements AsyncIterable<LanguageRequest> {
  /** What ended the stream early: kept, so that answers that are under way still arrive. */
  fault: unknown;
  readonly #job: EvaluationJob;
  readonly #board: AnswerBoard;

  constructor(job: EvaluationJob, board: AnswerBoard) {
    this.#job = job;
    this.#board = board;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<LanguageRequest> {
    const { task, pipeline, limit, finished, signal } = this.#job;
    const skip = (index: number) => finished.hasAll(index);
    try {
      for await (const found of retrieveContexts(task.items({ limit, skip, signal }), pipeline, signal)) {
        if (signal.aborted) return;
        for (let repeat = 0; repeat < finished.repeats; repeat += 1) {
          if (finished.has(found.item.index, repeat)) continue;
          const asked = this.#ask(found, repeat);
          if (!('item' in asked)) {
            const wait = this.#job.add(asked.sample);
            if (wait) await wait;
            continue;
          }
          this.#board.expect(asked);
          yield* asked.requests;
        }
      }
    } catch (thrown) {
      this.fault = signal.aborted ? undefined : toError(thrown);
    }
  }

  /** The item as it is asked, or its sample when there is nothing to ask. */
  #ask(found: ItemWithContexts, repeat: number): AskedItem | { readonly sample: SampleRecord } {
    const contexts = found.status === 'ok' ? found.contexts : undefined;
    const asked = (requests: readonly LanguageRequest[]): AskedItem => ({
      evaluationId: this.#job.evaluation.id,
      item: found.item,
      repeat,
      contexts,
      requests,
      startedAt: new Date().toISOString(),
    });
    if (found.status === 'failed')
      return { sample: failedSample(asked([]), 'retrieval_failed', found.message) };
    try {
      const whole = asked(found.item.requests(repeat, contexts ?? []));
      return whole.requests.length > 0 ? whole : { sample: assembleSample(whole, []) };
    } catch (thrown) {
      return { sample: failedSample(asked([]), 'template_failed', toError(thrown).message) };
    }
  }
}
