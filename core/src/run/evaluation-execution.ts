// The course of one evaluation within a run: opened, asked, stored, aggregated; a fault ends it alone.
import { BancadaError, toError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { RagPipeline } from '../rag/pipeline.ts';
import { untilAborted } from './abort.ts';
import { aggregateEvaluation } from './aggregate.ts';
import { requireCapability } from './capability.ts';
import { evaluate } from './evaluate.ts';
import type { RunEvent } from './event.ts';
import type { FinishedSamples } from './finished-samples.ts';
import type { Measured } from './gates.ts';
import { observedPipeline, type RetrievalListener } from './observed-pipeline.ts';
import type { PlannedEvaluation } from './plan.ts';
import type { ProgressMeter } from './progress.ts';
import type { EvaluationRecord, SampleRecord } from './record.ts';
import type { RunResources } from './resources.ts';
import type { EvaluationEnd, ResultStore } from './result-store.ts';
import { RunningMeans } from './running-means.ts';
import { SampleWriter } from './sample-writer.ts';
import { warningsOf } from './warnings.ts';

// A model gets this long to end after an abort; closing it and the store must fit into what is left of 2 s.
const abortGraceMs = 800;
const previewEveryMs = 2_000;
// Each failure is a stored sample; as events the first ones say what there is to say.
const mostFailureEvents = 100;

/** What an evaluation needs of its run. */
export interface EvaluationContext {
  readonly planned: PlannedEvaluation;
  /** As the store has it. */
  readonly record: EvaluationRecord;
  /** What needs not be done again. */
  readonly finished: FinishedSamples;
  readonly resources: RunResources;
  readonly store: ResultStore;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly retryFailed: boolean;
  readonly progress: ProgressMeter;
  readonly emit: (event: RunEvent) => Promise<void>;
  /** Stores the end, and tells of its events. */
  readonly end: (end: EvaluationEnd) => Promise<void>;
  /** Told how many samples of this evaluation are done, after each batch. */
  readonly scored: (evaluationDone: number) => void;
  /** Told of every retrieval. */
  readonly onRetrieval?: RetrievalListener | undefined;
}

/** One execution of one evaluation. */
export class EvaluationExecution {
  readonly #context: EvaluationContext;
  readonly #means: RunningMeans;
  #record: EvaluationRecord;
  #done: number;
  #failureEvents = 0;
  #previewedAt = performance.now();

  constructor(context: EvaluationContext) {
    this.#context = context;
    this.#record = context.record;
    this.#done = context.finished.count;
    this.#means = new RunningMeans(context.record);
  }

  /** @throws BancadaError STORE_FAILED alone; any other fault becomes the evaluation's `error`. */
  async execute(): Promise<Measured> {
    const { retryFailed, emit } = this.#context;
    const complete = this.#record.status === 'succeeded' && !(retryFailed && (await this.#hasFailures()));
    if (!complete) await this.#update({ status: 'running', error: undefined });
    await emit({ type: 'evaluation.started', evaluation: this.#record });
    const error = complete ? undefined : await this.#attempt();
    if (this.#context.signal.aborted) return this.#interrupted();
    return this.#conclude(error);
  }

  /** Why the evaluation could not run to its end; undefined when it did, or was told to stop. */
  async #attempt(): Promise<string | undefined> {
    const { planned, resources, signal, onRetrieval } = this.#context;
    try {
      const model = await resources.languageModel(planned.model);
      requireCapability(model, planned.task);
      const pipeline = planned.rag && observedPipeline(await resources.pipeline(planned.rag), onRetrieval);
      await this.#identify(model, pipeline);
      await this.#ask(model, pipeline);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof BancadaError && thrown.code === 'STORE_FAILED') throw thrown;
      if (signal.aborted) return undefined;
      return toError(thrown).message;
    }
  }

  /** Records which weights and which index answer; on resume they must be those that began. */
  async #identify(model: LanguageModel, pipeline: RagPipeline | undefined): Promise<void> {
    const before = this.#record.modelInfo;
    if (before !== undefined && before.fingerprint !== model.info.fingerprint && this.#done > 0) {
      throw new BancadaError(
        'INVALID_INPUT',
        `the model "${before.name}" is not the one that began this evaluation`,
        {
          value: model.info.fingerprint,
          allowed: before.fingerprint,
          hint: 'Start a new run instead of resuming this one',
        },
      );
    }
    const rag = pipeline && { ...pipeline.snapshot, fingerprint: pipeline.fingerprint };
    const parameters = rag === undefined ? this.#record.parameters : { ...this.#record.parameters, rag };
    await this.#update({ modelInfo: model.info, parameters });
  }

  async #ask(model: LanguageModel, pipeline: RagPipeline | undefined): Promise<void> {
    const { planned, finished, store, signal, progress, resources } = this.#context;
    if (finished.count > 0) await this.#means.load(store);
    const writer = new SampleWriter(store, this.#record.id, (samples) => this.#written(samples));
    progress.start();
    const work = evaluate({
      evaluation: this.#record,
      task: planned.task,
      model,
      pipeline,
      limit: planned.limit,
      finished,
      signal,
      add: (sample) => writer.add(sample),
    });
    try {
      await untilAborted(work, signal, abortGraceMs);
    } catch (thrown) {
      // Whatever it was, the model may be lost: the next evaluation opens it afresh.
      await resources.dropLanguageModel();
      throw thrown;
    } finally {
      await writer.close();
    }
  }

  async #written(samples: readonly SampleRecord[]): Promise<void> {
    const { progress, scored, emit } = this.#context;
    const failed = samples.filter(({ outcome }) => outcome.status === 'failed');
    this.#done += samples.length;
    const unplanned = Math.min(samples.length, this.#done - (this.#record.planned ?? 0));
    if (unplanned > 0) progress.plan(unplanned);
    progress.add(samples.length, failed.length);
    this.#means.add(samples);
    for (const { item, outcome } of failed) {
      if (outcome.status !== 'failed' || this.#failureEvents++ >= mostFailureEvents) break;
      const { reason, message } = outcome;
      await emit({ type: 'sample.failed', evaluationId: this.#record.id, item, reason, message });
    }
    scored(this.#done);
    if (performance.now() - this.#previewedAt < previewEveryMs) return;
    this.#previewedAt = performance.now();
    const metrics = this.#means.metrics();
    await emit({ type: 'metrics.updated', evaluationId: this.#record.id, metrics, preliminary: true });
  }

  /** Stopped: what is known so far stands in for the aggregates, which would take too long now. */
  async #interrupted(): Promise<Measured> {
    const metrics = this.#means.metrics();
    await this.#context.store.saveMetrics(this.#record.id, metrics);
    return { evaluation: this.#record, metrics };
  }

  async #conclude(error: string | undefined): Promise<Measured> {
    const { store, seed, end, progress } = this.#context;
    const totals = await store.totals(this.#record.id);
    const metrics = await aggregateEvaluation(store, this.#record, totals, seed);
    const events: RunEvent[] = [];
    if (error === undefined) {
      progress.plan(totals.samples - Math.max(this.#record.planned ?? 0, totals.samples));
      this.#record = { ...this.#record, status: 'succeeded', planned: totals.samples };
    } else {
      this.#record = { ...this.#record, status: 'failed', error };
      events.push({ type: 'log.written', level: 'error', message: `${this.#place()}: ${error}` });
    }
    const warnings = warningsOf(this.#record, metrics, totals);
    for (const warning of warnings) events.push({ type: 'warning.raised', warning });
    events.push({ type: 'evaluation.completed', evaluation: this.#record, metrics });
    await end({ evaluation: this.#record, metrics, warnings, events });
    return { evaluation: this.#record, metrics };
  }

  async #hasFailures(): Promise<boolean> {
    return (await this.#context.store.failures(this.#record.id)).size > 0;
  }

  #place(): string {
    const { task, model, variant } = this.#record;
    return `${task} / ${model} / ${variant}`;
  }

  async #update(change: Partial<EvaluationRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    await this.#context.store.updateEvaluation(this.#record);
  }
}
