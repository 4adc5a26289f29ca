// Gates against an earlier run: missed on a regression that is more than chance, not on a mere difference.
import { BancadaError } from '../errors.ts';
import type { GateResult } from '../run/event.ts';
import { describeGate, evaluationsOf, type Measured, missedGate } from '../run/gates.ts';
import type { EvaluationRecord } from '../run/record.ts';
import type { Gate } from '../run/suite-schema.ts';
import { holm } from '../statistics/holm.ts';
import { type ComparisonRow, type ComparisonSide, compareSides } from './comparison.ts';

/** What a gate's `baseline` leads to. `none-yet` lets the gate pass; `missing` (a run that is named but not there) does not. */
export type Baseline =
  | (ComparisonSide & {
      readonly status: 'found';
      /** How messages name it. */
      readonly label: string;
    })
  | { readonly status: 'none-yet' | 'missing'; readonly message: string };

/** A run whose gates are judged. */
export interface JudgedRun {
  readonly gates: readonly Gate[];
  readonly measured: readonly Measured[];
  /** Where its samples lie. */
  readonly reader: ComparisonSide['reader'];
  /** Looks a `baseline` up. */
  readonly find: (baseline: string) => Promise<Baseline>;
}

/** An adjusted p below this is a regression. */
const alpha = 0.05;
const seed = 1234;

type Judgement =
  | { readonly status: 'settled'; readonly result: GateResult }
  | {
      readonly status: 'compared';
      readonly gate: Gate;
      readonly evaluation: EvaluationRecord;
      readonly place: string;
      readonly label: string;
      readonly row: ComparisonRow;
    };

/**
 * One result for each evaluation that a gate speaks of. p is two-sided, from the paired test that `compareSides`
 * chooses, and corrected by Holm over everything that is judged together.
 */
export async function judgeBaselineGates(run: JudgedRun): Promise<GateResult[]> {
  const judgements: Judgement[] = [];
  const cells = run.measured.map(({ evaluation }) => evaluation);
  for (const gate of run.gates) {
    const meant = evaluationsOf(gate, cells);
    if (meant.length === 0) {
      const result = missedGate(gate, undefined, `${describeGate(gate)}: no such evaluation`);
      judgements.push({ status: 'settled', result });
    }
    const baseline = await run.find(gate.baseline ?? '');
    for (const evaluation of meant) judgements.push(await compare(run, gate, evaluation, baseline));
  }
  const compared = judgements.filter((one) => one.status === 'compared');
  const adjusted = holm(compared.map(({ row }) => row.paired.p));
  return judgements.map((judgement) => {
    if (judgement.status === 'settled') return judgement.result;
    return verdict(judgement, adjusted[compared.indexOf(judgement)] ?? 1, compared.length, run.measured);
  });
}

async function compare(
  { reader }: JudgedRun,
  gate: Gate,
  evaluation: EvaluationRecord,
  baseline: Baseline,
): Promise<Judgement> {
  const place = `${describeGate(gate)} (${evaluation.variant})`;
  const settled = (passed: boolean, message: string): Judgement => ({
    status: 'settled',
    result: {
      gate,
      evaluationId: evaluation.id,
      value: undefined,
      passed,
      message: `${place}: ${message}`,
    },
  });
  if (baseline.status !== 'found') return settled(baseline.status === 'none-yet', baseline.message);
  const { label, evaluations } = baseline;
  const from = evaluations.find(
    ({ task, model, variant }) =>
      task === evaluation.task && model === evaluation.model && variant === evaluation.variant,
  );
  if (from === undefined) return settled(true, `${label} has no such evaluation, so nothing is compared yet`);
  const row = await rowOf(
    { reader: baseline.reader, evaluations: [from] },
    { reader, evaluations: [evaluation] },
    gate,
  );
  if (row === undefined) return settled(false, `shares no scored item with ${label}`);
  return { status: 'compared', gate, evaluation, place, label, row };
}

async function rowOf(
  from: ComparisonSide,
  to: ComparisonSide,
  { metric, filter }: Gate,
): Promise<ComparisonRow | undefined> {
  try {
    const rows = await compareSides(from, to, { metric, seed });
    return rows.find((row) => filter === undefined || row.filter === filter);
  } catch (thrown) {
    if (thrown instanceof BancadaError && thrown.code === 'INVALID_INPUT') return undefined;
    throw thrown;
  }
}

function verdict(
  { gate, evaluation, place, label, row }: Judgement & { readonly status: 'compared' },
  p: number,
  compared: number,
  measured: readonly Measured[],
): GateResult {
  const { paired, higherIsBetter, baseline, candidate } = row;
  const drop = higherIsBetter ? -paired.difference : paired.difference;
  const significant = drop > 0 && p < alpha;
  const judgesChance = gate.max_regression !== undefined || gate.max_drop === undefined;
  const tooFar = gate.max_drop !== undefined && drop > gate.max_drop;
  const passed = !tooFar && !(judgesChance && significant);
  const interval =
    paired.ciLow === undefined || paired.ciHigh === undefined
      ? ''
      : ` [${short(paired.ciLow)}, ${short(paired.ciHigh)}]`;
  const numbers = [
    `${short(candidate.mean)} against ${short(baseline.mean)} of ${label}`,
    `difference ${short(paired.difference)}${interval}`,
    `p = ${short(p)}${compared > 1 ? ` by Holm over ${compared}` : ''}, n = ${paired.n}`,
  ];
  const said = [
    judgesChance && (significant ? 'a significant regression' : 'no significant regression'),
    gate.max_drop !== undefined && `worse by at most ${gate.max_drop} promised`,
  ].filter((part) => part !== false);
  return {
    gate,
    evaluationId: evaluation.id,
    value: aggregateOf(evaluation, row, measured) ?? candidate.mean,
    passed,
    message: `${place}: ${numbers.join(', ')}: ${said.join('; ')}`,
  };
}

function aggregateOf(
  { id }: EvaluationRecord,
  { metric, filter }: ComparisonRow,
  measured: readonly Measured[],
): number | undefined {
  const found = measured.find(({ evaluation }) => evaluation.id === id);
  return found?.metrics.find((one) => one.metric === metric && one.filter === filter)?.value;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
