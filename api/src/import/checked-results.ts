// A results file of somebody else: every record is checked as it is read, and what is wrong with it is told as the sender's problem.
import {
  BancadaError,
  type EvaluationRecord,
  type ForeignResults,
  type GateResult,
  type MetricRecord,
  openForeignResults,
  type RecordedEvent,
  type RunRecord,
  type RunWarning,
  type SampleRecord,
} from '@bancada/core';
import type { z } from 'zod';
import { Problem } from '../rest/problem.ts';
import {
  evaluationForm,
  eventForm,
  gateForm,
  metricForm,
  runForm,
  sampleForm,
  warningForm,
} from './record-form.ts';

/** Its readers throw Problem 422 naming the record and the field. */
export class CheckedResults {
  readonly #results: ForeignResults;

  /** @throws Problem 422 when it is no results file of this version. */
  constructor(file: string) {
    try {
      this.#results = openForeignResults(file);
    } catch (thrown) {
      throw fileProblem(thrown);
    }
  }

  /** Latest first. */
  async runs(): Promise<RunRecord[]> {
    const runs = await this.#read((results) => results.runs());
    return runs.map((run) => checked(runForm, run, `run ${run.id}`));
  }

  /** In planned order. */
  async evaluations(runId: string): Promise<EvaluationRecord[]> {
    const evaluations = await this.#read((results) => results.evaluations(runId));
    return evaluations.map((one) => checked(evaluationForm, one, `evaluation ${one.id}`));
  }

  /** Wall time in which an evaluation ran, milliseconds. */
  activeMs(evaluationId: string): Promise<number> {
    return this.#read(async (results) => results.activeMs(evaluationId));
  }

  /** Of one evaluation. */
  async metrics(evaluationId: string): Promise<MetricRecord[]> {
    const metrics = await this.#read((results) => results.metrics(evaluationId));
    return metrics.map((one) => checked(metricForm, one, `metric ${one.metric} of ${evaluationId}`));
  }

  /** Of one run. */
  async warnings(runId: string): Promise<RunWarning[]> {
    const warnings = await this.#read((results) => results.warnings(runId));
    return warnings.map((one) => checked(warningForm, one, `warning of ${runId}`));
  }

  /** Of one run. */
  async gates(runId: string): Promise<GateResult[]> {
    const gates = await this.#read((results) => results.gates(runId));
    return gates.map((one) => checked(gateForm, one, `gate of ${runId}`));
  }

  /** In item and repeat order, with constant memory. */
  async *samples(evaluationId: string): AsyncGenerator<SampleRecord> {
    for await (const sample of told(this.#results.samples(evaluationId))) {
      yield checked(sampleForm, sample, `sample ${sample.item} of ${evaluationId}`);
    }
  }

  /** Oldest first. */
  async *events(runId: string): AsyncGenerator<RecordedEvent> {
    for await (const recorded of told(this.#results.events(runId))) {
      checked(eventForm, recorded.event, `event ${recorded.sequence} of ${runId}`);
      yield recorded;
    }
  }

  close(): Promise<void> {
    return this.#results.close();
  }

  async #read<Result>(read: (results: ForeignResults) => Promise<Result>): Promise<Result> {
    try {
      return await read(this.#results);
    } catch (thrown) {
      throw fileProblem(thrown);
    }
  }
}

function checked<Found>(form: z.ZodType, found: Found, what: string): Found {
  const parsed = form.safeParse(found);
  if (parsed.success) return found;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Problem(422, `${what}: ${issues[0]?.path}: ${issues[0]?.message}`, { issues });
}

async function* told<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (thrown) {
    throw fileProblem(thrown);
  }
}

function fileProblem(thrown: unknown): unknown {
  // Without the path of the temporary file.
  if (thrown instanceof BancadaError) {
    return new Problem(422, thrown.message.replaceAll(/\S*\/bancada-import-\S*results\.sqlite:? ?/g, ''));
  }
  // Core reads its own files; in another's a cell may hold what it does not expect: no JSON, no object, no time.
  const unexpected = [SyntaxError, TypeError, RangeError].some((kind) => thrown instanceof kind);
  return unexpected ? new Problem(422, `a record cannot be read: ${(thrown as Error).message}`) : thrown;
}
