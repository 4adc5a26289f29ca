// How small a true difference a comparison of n pairs can be expected to find.
import { normalQuantile } from './distribution.ts';

/** What is known before the comparison. */
export interface DetectableDifferenceInput {
  /** Pairs; independent clusters when items share one. */
  readonly n: number;
  /** Standard deviation of the differences; for 0/1 scores √(share of flips) is a good guess. */
  readonly standardDeviation: number;
  readonly confidence?: number | undefined;
  /** Chance of finding the difference, 0.8 unless told. */
  readonly power?: number | undefined;
}

/** (z of confidence + z of power) · sd / √n (Miller 2024, §5; statsmodels `NormalIndPower(ratio=0)`). In the unit of the scores. */
export function detectableDifference(input: DetectableDifferenceInput): number {
  const z = normalQuantile(0.5 + (input.confidence ?? 0.95) / 2) + normalQuantile(input.power ?? 0.8);
  return (z * input.standardDeviation) / Math.sqrt(input.n);
}
