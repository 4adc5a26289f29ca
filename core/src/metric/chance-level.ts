// Tells whether a multiple-choice accuracy is distinguishable from guessing.
import { sum } from '../statistics/moments.ts';
import type { MetricValue } from './metric.ts';

/**
 * The accuracy of blind guessing: the mean of 1 / choices over the items.
 * @param choices number of choices of each item; items without choices are left out. Undefined when none is left.
 */
export function chanceAccuracy(choices: readonly number[]): number | undefined {
  const shares = choices.filter((count) => count > 0).map((count) => 1 / count);
  return shares.length === 0 ? undefined : sum(shares) / shares.length;
}

/** Whether the 95 % interval of an accuracy covers `chance` (the warning `CHANCE_LEVEL`); false without an interval. */
export function isChanceLevel(accuracy: MetricValue, chance: number): boolean {
  const { ciLow, ciHigh } = accuracy;
  return ciLow !== undefined && ciHigh !== undefined && ciLow <= chance && chance <= ciHigh;
}
