// The course of one run: taken up or begun, its evaluations in order, gates at the end.
import { toError } from '../errors.ts';
import { EvaluationExecution } from './evaluation-execution.ts';
import type { GateResult, RunEvent } from './event.ts';
import type { EventChannel } from './event-channel.ts';
import type { FinishedSamples } from './finished-samples.ts';
import { baselineGates, describeGate, evaluateGates, type Measured, missedGate } from './gates.ts';
import { evaluationId, type Plan } from './plan.ts';
import { ProgressMeter } from './progress.ts';
import type { EvaluationRecord, RunRecord, RunStatus } from './record.ts';
import { RunResources } from './resources.ts';
import type { ResultStore } from './result-store.ts';
import type { RunOptions } from './run-options.ts';
import { Throttle } from './throttle.ts';

const reportEveryMs = 250;

interface BegunEvaluation {
  readonly record: EvaluationRecord;
  readonly finished: FinishedSamples;
}

/** One execution of a plan. */
export class RunExecution {
  readonly #plan: Plan;
  readonly #store: ResultStore;
  readonly #options: RunOptions & { readonly signal: AbortSignal };
  readonly #channel: EventChannel;
  readonly #progress = new ProgressMeter();
  readonly #measured: Measured[] = [];
  #run: RunRecord;
  #fault: unknown;

  constructor(
    plan: Plan,
    store: ResultStore,
    options: RunOptions & { readonly signal: AbortSignal },
    channel: EventChannel,
  ) {
    this.#plan = plan;
    this.#store = store;
    this.#options = options;
    this.#channel = channel;
    this.#run = plan.run;
  }

  /** Runs to the end, the abort, or the first fault of the store. */
  async execute(): Promise<void> {
    const evaluations = await this.#begin();
    const resources = new RunResources(this.#plan.context, this.#options.signal);
    try {
      await this.#evaluate(evaluations, resources);
      if (this.#fault !== undefined) throw this.#fault;
    } catch (thrown) {
      await this.#giveUp(thrown);
      throw thrown;
    } finally {
      await resources.close();
    }
    await this.#finish();
  }

  /** Creates the run in the store, or takes the latest one of this plan up. */
  async #begin(): Promise<BegunEvaluation[]> {
    const earlier = this.#options.resume ? await this.#store.latest(this.#plan.run.fingerprint) : undefined;
    this.#run = { ...(earlier ?? this.#plan.run), status: 'running', finishedAt: undefined };
    const planned = this.#plan.evaluations.map(({ record }, position) => ({
      ...record,
      runId: this.#run.id,
      id: evaluationId(this.#run.id, position),
    }));
    await this.#store.open(this.#run, planned);
    await this.#store.setRunStatus(this.#run.id, 'running');
    const evaluations = await this.#store.evaluations(this.#run.id);
    const begun: BegunEvaluation[] = [];
    for (const record of evaluations) {
      const finished = await this.#store.finished(record.id, record.repeats, this.#retryFailed);
      this.#progress.plan(record.planned ?? finished.count);
      this.#progress.found(finished.count, finished.failed);
      begun.push({ record, finished });
    }
    await this.#emit({ type: 'run.started', run: this.#run, evaluations, progress: this.#progress.get() });
    if (this.#options.resume) await this.#tellResumed(earlier);
    return begun;
  }

  async #tellResumed(earlier: RunRecord | undefined): Promise<void> {
    const message = earlier
      ? `resuming run ${earlier.id} of ${earlier.createdAt} (${earlier.status})`
      : 'there is no earlier run of this suite to resume: a new one begins';
    await this.#emit({ type: 'log.written', level: 'info', message });
  }

  async #evaluate(evaluations: readonly BegunEvaluation[], resources: RunResources): Promise<void> {
    let scored: { evaluationId: string; evaluationDone: number } | undefined;
    const report = new Throttle(reportEveryMs, () => {
      if (scored) this.#emitLater({ type: 'samples.scored', ...scored, progress: this.#progress.get() });
    });
    for (const [position, planned] of this.#plan.evaluations.entries()) {
      const begun = evaluations[position];
      if (begun === undefined || this.#options.signal.aborted || this.#fault !== undefined) break;
      const execution = new EvaluationExecution({
        planned,
        ...begun,
        resources,
        store: this.#store,
        seed: this.#plan.seed,
        signal: this.#options.signal,
        retryFailed: this.#retryFailed,
        progress: this.#progress,
        emit: (event) => this.#emit(event),
        end: async (end) => {
          await this.#store.endEvaluation(end);
          for (const event of end.events) this.#channel.push(event);
        },
        scored: (evaluationDone) => {
          scored = { evaluationId: begun.record.id, evaluationDone };
          report.change();
        },
      });
      this.#measured.push(await execution.execute());
    }
    report.flush();
  }

  async #finish(): Promise<void> {
    if (this.#options.signal.aborted) {
      await this.#end('cancelled', (ended) => ({ type: 'run.cancelled', ...ended }));
      return;
    }
    const gates = [...evaluateGates(this.#plan.gates, this.#measured), ...(await this.#judgeBaselines())];
    await this.#store.saveGates(this.#run.id, gates);
    for (const gate of gates) await this.#emit({ type: 'gate.evaluated', gate });
    const failed = this.#measured.filter(({ evaluation }) => evaluation.status === 'failed').length;
    if (failed === 0) await this.#end('succeeded', (ended) => ({ type: 'run.completed', ...ended }));
    else {
      const message = `${failed} of ${this.#measured.length} evaluations could not run to their end`;
      await this.#end('failed', (ended) => ({ type: 'run.failed', ...ended, message }));
    }
  }

  async #judgeBaselines(): Promise<GateResult[]> {
    const gates = baselineGates(this.#plan.gates);
    const judge = this.#options.judgeBaselines;
    if (judge !== undefined && gates.length > 0) return judge(this.#run.id, gates, this.#measured);
    return gates.map((gate) =>
      missedGate(gate, undefined, `${describeGate(gate)}: no earlier run was given to compare with`),
    );
  }

  async #end(
    status: RunStatus,
    event: (ended: { run: RunRecord; progress: ReturnType<ProgressMeter['get']> }) => RunEvent,
  ): Promise<void> {
    const finishedAt = new Date().toISOString();
    this.#run = { ...this.#run, status, finishedAt };
    await this.#emit(event({ run: this.#run, progress: this.#progress.get() }));
    await this.#store.setRunStatus(this.#run.id, status, finishedAt);
  }

  get #retryFailed(): boolean {
    return this.#options.resume === true && this.#options.retryFailed === true;
  }

  // The store has failed: what can still be told is told, the fault itself is thrown by the caller.
  async #giveUp(thrown: unknown): Promise<void> {
    const { message } = toError(thrown);
    try {
      await this.#end('failed', (ended) => ({ type: 'run.failed', ...ended, message }));
    } catch {
      this.#channel.push({ type: 'run.failed', run: this.#run, progress: this.#progress.get(), message });
    }
  }

  async #emit(event: RunEvent): Promise<void> {
    await this.#store.record(this.#run.id, event);
    this.#channel.push(event);
  }

  #emitLater(event: RunEvent): void {
    this.#emit(event).catch((thrown: unknown) => {
      this.#fault ??= thrown;
    });
  }
}
