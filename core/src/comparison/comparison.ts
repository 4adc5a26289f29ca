// Compares two sets of evaluations item by item: the paired difference of every score they have in common.
import { BancadaError } from '../errors.ts';
import type { EvaluationRecord } from '../run/record.ts';
import type { ResultReader } from '../run/result-store.ts';
import type { Score } from '../scorer/scorer.ts';
import { holm } from '../statistics/holm.ts';
import { comparePaired, type PairedComparison } from '../statistics/paired.ts';
import type { TaskMetric } from '../task/task.ts';

/** Evaluations and where their samples lie. */
export interface ComparisonSide {
  readonly reader: ResultReader;
  readonly evaluations: readonly EvaluationRecord[];
}

/** A sample that one side has right (1) and the other wrong (0). */
export interface Flip {
  readonly itemId: string;
  readonly repeat: number;
  readonly from: number;
  readonly to: number;
}

/** One task x variant x metric, measured on both sides. */
export interface ComparisonRow {
  readonly task: string;
  readonly variant: string;
  readonly metric: string;
  readonly filter: string;
  readonly higherIsBetter: boolean;
  /** `score`, or `loss` (nats per token, word or byte) for perplexities, which do not average over items. */
  readonly unit: 'score' | 'loss';
  readonly baseline: { readonly model: string; readonly mean: number };
  readonly candidate: { readonly model: string; readonly mean: number };
  /** Candidate minus baseline over the items both answered. */
  readonly paired: PairedComparison;
  /** p of `paired`, corrected by Holm over all rows of the comparison. */
  readonly pAdjusted: number;
  /** Items that only one side has finished. */
  readonly unpaired: number;
  readonly fixed: readonly Flip[];
  readonly broken: readonly Flip[];
}

/** What is compared. */
export interface ComparisonOptions {
  /** Only this metric; all in common by default. */
  readonly metric?: string | undefined;
  /** Drives the permutation test. */
  readonly seed: number;
}

/**
 * Pairs evaluations by task and variant, and their samples by item id and repeat.
 * @throws BancadaError INVALID_INPUT when the sides share no task, variant and metric.
 */
export async function compareSides(
  baseline: ComparisonSide,
  candidate: ComparisonSide,
  options: ComparisonOptions,
): Promise<ComparisonRow[]> {
  const rows: Omit<ComparisonRow, 'pAdjusted'>[] = [];
  for (const [from, to] of matchEvaluations(baseline.evaluations, candidate.evaluations)) {
    for (const metric of commonMetrics(from, to, options.metric)) {
      const row = await compareMetric(
        { reader: baseline.reader, evaluation: from },
        { reader: candidate.reader, evaluation: to },
        metric,
        options.seed,
      );
      if (row !== undefined) rows.push(row);
    }
  }
  if (rows.length === 0) throw nothingInCommon(baseline, candidate, options.metric);
  const adjusted = holm(rows.map((row) => row.paired.p));
  return rows.map((row, index) => ({ ...row, pAdjusted: adjusted[index] ?? row.paired.p }));
}

// One evaluation each of the same task and variant; two models on one side give a pair each.
function matchEvaluations(
  baseline: readonly EvaluationRecord[],
  candidate: readonly EvaluationRecord[],
): [EvaluationRecord, EvaluationRecord][] {
  return baseline.flatMap((from) => {
    const same = candidate.filter(
      (to) => to.task === from.task && to.variant === from.variant && to.id !== from.id,
    );
    const sameModel = same.filter((to) => to.model === from.model);
    return (sameModel.length > 0 ? sameModel : same).map((to): [EvaluationRecord, EvaluationRecord] => [
      from,
      to,
    ]);
  });
}

function commonMetrics(from: EvaluationRecord, to: EvaluationRecord, only: string | undefined): TaskMetric[] {
  return from.metrics.filter(
    (metric) =>
      (only === undefined || metric.metric === only) &&
      to.metrics.some((other) => other.metric === metric.metric && other.filter === metric.filter),
  );
}

interface Measured {
  readonly reader: ResultReader;
  readonly evaluation: EvaluationRecord;
}

async function compareMetric(
  from: Measured,
  to: Measured,
  metric: TaskMetric,
  seed: number,
): Promise<Omit<ComparisonRow, 'pAdjusted'> | undefined> {
  const before = await scoresByItem(from, metric);
  const after = await scoresByItem(to, metric);
  const keys = [...before.keys()].filter((key) => after.has(key));
  if (keys.length === 0) return undefined;
  const left = Float64Array.from(keys, (key) => before.get(key)?.value ?? 0);
  const right = Float64Array.from(keys, (key) => after.get(key)?.value ?? 0);
  const flips = keys.flatMap((key): Flip[] => {
    const old = before.get(key);
    const now = after.get(key);
    if (old === undefined || now === undefined || !isFlip(old.value, now.value)) return [];
    return [{ itemId: old.itemId, repeat: old.repeat, from: old.value, to: now.value }];
  });
  const better = (flip: Flip) => flip.to > flip.from === metric.higherIsBetter;
  return {
    task: from.evaluation.task,
    variant: from.evaluation.variant,
    metric: metric.metric,
    filter: metric.filter,
    higherIsBetter: metric.higherIsBetter,
    unit: isLoss(metric) ? 'loss' : 'score',
    baseline: { model: from.evaluation.model, mean: mean(left) },
    candidate: { model: to.evaluation.model, mean: mean(right) },
    paired: comparePaired(left, right, { seed, clusters: clustersOf(keys, before) }),
    unpaired: before.size + after.size - 2 * keys.length,
    fixed: flips.filter(better),
    broken: flips.filter((flip) => !better(flip)),
  };
}

interface ItemScore {
  readonly itemId: string;
  readonly repeat: number;
  readonly group: string | undefined;
  readonly value: number;
}

async function scoresByItem(side: Measured, metric: TaskMetric): Promise<Map<string, ItemScore>> {
  const scores = new Map<string, ItemScore>();
  for await (const sample of side.reader.samples(side.evaluation.id)) {
    const score = sample.scores.find((one) => one.metric === metric.metric && one.filter === metric.filter);
    if (score === undefined) continue;
    // The target is part of the key: an item whose answer differs between data versions is not the same item.
    const key = JSON.stringify([sample.itemId, sample.repeat, sample.target]);
    scores.set(key, {
      itemId: sample.itemId,
      repeat: sample.repeat,
      group: sample.group,
      value: itemValue(score, metric),
    });
  }
  return scores;
}

// Repeats of an item, or items of one group, are not independent; undefined when all are.
function clustersOf(keys: readonly string[], scores: ReadonlyMap<string, ItemScore>): Int32Array | undefined {
  const names = keys.map((key) => {
    const score = scores.get(key);
    return score?.group ?? score?.itemId ?? key;
  });
  const numbers = new Map([...new Set(names)].map((name, index) => [name, index]));
  if (numbers.size === names.length) return undefined;
  return Int32Array.from(names, (name) => numbers.get(name) ?? 0);
}

// Perplexities do not average over items; what does is their logarithm, the loss per token, word or byte in nats.
function itemValue(score: Score, metric: TaskMetric): number {
  return isLoss(metric) ? -score.value / score.weight : score.value;
}

function isLoss(metric: Pick<TaskMetric, 'aggregation'>): boolean {
  return metric.aggregation.includes('perplexity') || metric.aggregation === 'bits_per_byte';
}

function isFlip(from: number, to: number): boolean {
  return from !== to && [from, to].every((value) => value === 0 || value === 1);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function nothingInCommon(
  baseline: ComparisonSide,
  candidate: ComparisonSide,
  metric: string | undefined,
): BancadaError {
  const cells = (side: ComparisonSide) =>
    [...new Set(side.evaluations.map((one) => `${one.task}/${one.variant}`))].join(', ') || 'nothing';
  return new BancadaError(
    'INVALID_INPUT',
    metric === undefined
      ? 'the two sides share no finished task'
      : `the two sides share no metric "${metric}"`,
    { hint: `The first has ${cells(baseline)}; the second has ${cells(candidate)}` },
  );
}
