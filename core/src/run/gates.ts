// The promises of a suite, held against what a run measured.
import type { GateResult } from './event.ts';
import type { EvaluationRecord, MetricRecord } from './record.ts';
import type { Gate } from './suite-schema.ts';

/** An evaluation with its aggregates. */
export interface Measured {
  readonly evaluation: EvaluationRecord;
  readonly metrics: readonly MetricRecord[];
}

/** Judges gates that name a baseline, once every evaluation of the run has been measured. */
export type BaselineJudge = (
  runId: string,
  gates: readonly Gate[],
  measured: readonly Measured[],
) => Promise<GateResult[]>;

/** What `baseline` may say instead of a run: the latest run of the suite that succeeded and missed no gate. */
export const lastSuccess = 'last-success';

/** The variant without retrieval. */
export const closedBook = 'closed-book';

/**
 * The evaluations that a gate speaks of. A variant is named whole or without its brackets; without a name the RAG
 * variants are meant, as closed book is only their baseline, and closed book where there is no RAG variant.
 */
export function evaluationsOf<Entry extends Pick<EvaluationRecord, 'task' | 'model' | 'variant'>>(
  gate: Gate,
  evaluations: readonly Entry[],
): Entry[] {
  const cells = evaluations.filter(({ task, model }) => task === gate.task && model === gate.model);
  if (gate.variant !== undefined) {
    return cells.filter(({ variant }) => variant === gate.variant || plainName(variant) === gate.variant);
  }
  const retrieving = cells.filter(({ variant }) => plainName(variant) !== closedBook);
  return retrieving.length > 0 ? retrieving : cells;
}

/** The gates that compare with an earlier run. */
export function baselineGates(gates: readonly Gate[]): Gate[] {
  return gates.filter(({ baseline }) => baseline !== undefined);
}

/**
 * Holds `min` and `max` against what was measured: one result for each evaluation that a gate speaks of; a gate whose
 * value is not there is missed. A gate with a baseline alone is its judge's.
 */
export function evaluateGates(gates: readonly Gate[], measured: readonly Measured[]): GateResult[] {
  return gates.filter(hasBounds).flatMap((gate) => {
    const meant = evaluationsOf(
      gate,
      measured.map(({ evaluation, metrics }) => ({ ...evaluation, measuredMetrics: metrics })),
    );
    if (meant.length === 0) return [missedGate(gate, undefined, `${describeGate(gate)}: no such evaluation`)];
    return meant.map((evaluation) => check(gate, evaluation, evaluation.measuredMetrics));
  });
}

function check(gate: Gate, evaluation: EvaluationRecord, metrics: readonly MetricRecord[]): GateResult {
  const place = `${describeGate(gate)} (${evaluation.variant})`;
  const found = metrics.find(
    ({ metric, filter }) => metric === gate.metric && (gate.filter === undefined || filter === gate.filter),
  );
  if (found === undefined) return missedGate(gate, evaluation.id, `${place}: not measured`);
  const { value } = found;
  const passed = value >= (gate.min ?? value) && value <= (gate.max ?? value);
  const bounds = [
    gate.min === undefined ? [] : `at least ${gate.min}`,
    gate.max === undefined ? [] : `at most ${gate.max}`,
  ].flat();
  const message = `${place} is ${Number(value.toPrecision(4))}, promised ${bounds.join(' and ')}`;
  return { gate, evaluationId: evaluation.id, value, passed, message };
}

/** A gate that is missed because there is no value to hold it against. */
export function missedGate(gate: Gate, evaluationId: string | undefined, message: string): GateResult {
  return { gate, evaluationId, value: undefined, passed: false, message };
}

/** `exact_match of bancada-tiny on tiny-facts`. */
export function describeGate(gate: Gate): string {
  return `${gate.metric} of ${gate.model} on ${gate.task}`;
}

function hasBounds({ min, max, baseline }: Gate): boolean {
  return baseline === undefined || min !== undefined || max !== undefined;
}

function plainName(variant: string): string {
  return variant.split('[')[0] ?? variant;
}
