// Paired comparison: two columns of scores of the same items, and whether their difference is more than chance.
import { BancadaError } from '../errors.ts';
import { clusteredStandardError, clusterSums } from './clustered.ts';
import { detectableDifference } from './detectable-difference.ts';
import { normalCdf } from './distribution.ts';
import { studentInterval } from './interval.ts';
import { mcnemar } from './mcnemar.ts';
import { mean, sampleVariance, standardError } from './moments.ts';
import { signFlipTest } from './sign-flip.ts';

/** `mcnemar-exact`: 0/1 scores; `sign-flip`: any other; `paired-z`: more than 200,000 differing pairs, where both agree with it. */
export type PairedTest = 'mcnemar-exact' | 'sign-flip' | 'paired-z';

/** Candidate against baseline over the items that both have. */
export interface PairedComparison {
  /** Pairs. */
  readonly n: number;
  /** Mean of candidate minus baseline, in the unit of the scores. */
  readonly difference: number;
  /** Of the difference, clustered when clusters are given; undefined for fewer than two pairs (or clusters). */
  readonly stderr: number | undefined;
  /** 95 % Student-t interval of the difference; undefined together with `stderr`. */
  readonly ciLow: number | undefined;
  readonly ciHigh: number | undefined;
  /** Two-sided. */
  readonly p: number;
  readonly test: PairedTest;
  /** Cohen's d of the differences (mean / standard deviation); undefined when all differences are equal. */
  readonly effectSize: number | undefined;
  /** The smallest true difference that so many pairs find with a chance of 0.8; undefined together with `stderr`. */
  readonly detectable: number | undefined;
  /** Pairs in which the candidate scores higher. */
  readonly higher: number;
  /** Pairs in which the candidate scores lower. */
  readonly lower: number;
}

/** How to compare. */
export interface PairedOptions {
  /** Drives the permutation test. */
  readonly seed: number;
  /** Cluster of each pair; pairs of one cluster are not independent (repeats of an item, questions on a passage). */
  readonly clusters?: ArrayLike<number> | undefined;
}

const permutations = 10_000;
const flipBudget = 2e8;

/**
 * Compares two columns that are aligned item by item. The interval is scipy's `ttest_rel(...).confidence_interval()`.
 * @throws BancadaError INVALID_INPUT when the columns differ in length or are empty.
 */
export function comparePaired(
  baseline: ArrayLike<number>,
  candidate: ArrayLike<number>,
  options: PairedOptions,
): PairedComparison {
  const n = baseline.length;
  if (n === 0 || candidate.length !== n) {
    throw new BancadaError('INVALID_INPUT', 'a paired comparison needs two columns of the same length', {
      value: [n, candidate.length],
      allowed: 'equal lengths from 1',
    });
  }
  const differences = Float64Array.from(
    { length: n },
    (_, i) => (candidate[i] as number) - (baseline[i] as number),
  );
  const difference = mean(differences) ?? 0;
  const higher = differences.filter((value) => value > 0).length;
  const lower = differences.filter((value) => value < 0).length;
  const spread = Math.sqrt(sampleVariance(differences) ?? 0);
  const binary = options.clusters === undefined && isBinary(baseline) && isBinary(candidate);
  return {
    n,
    difference,
    ...uncertainty(differences, difference, options.clusters),
    ...(binary
      ? { p: mcnemar(higher, lower), test: 'mcnemar-exact' as const }
      : permutation(
          options.clusters ? clusterSums(differences, options.clusters) : differences,
          options.seed,
        )),
    effectSize: spread > 0 ? difference / spread : undefined,
    higher,
    lower,
  };
}

function uncertainty(
  differences: Float64Array,
  difference: number,
  clusters: ArrayLike<number> | undefined,
): Pick<PairedComparison, 'stderr' | 'ciLow' | 'ciHigh' | 'detectable'> {
  const clustered = clusters && clusteredStandardError(differences, clusters);
  const stderr = clusters ? clustered?.stderr : standardError(differences);
  if (stderr === undefined) return { stderr, ciLow: undefined, ciHigh: undefined, detectable: undefined };
  const interval = studentInterval(difference, stderr, (clustered?.clusters ?? differences.length) - 1);
  return {
    stderr,
    ciLow: interval.low,
    ciHigh: interval.high,
    detectable: detectableDifference({ n: 1, standardDeviation: stderr }),
  };
}

function permutation(sums: Float64Array, seed: number): Pick<PairedComparison, 'p' | 'test'> {
  const differing = sums.filter((value) => value !== 0).length;
  const affordable = Math.min(permutations, Math.floor(flipBudget / Math.max(1, differing)));
  if (affordable >= 1000)
    return { p: signFlipTest(sums, { seed, permutations: affordable }), test: 'sign-flip' };
  const z = (mean(sums) ?? 0) / (standardError(sums) ?? Number.POSITIVE_INFINITY);
  return { p: 2 * normalCdf(-Math.abs(z)), test: 'paired-z' };
}

function isBinary(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== 0 && values[i] !== 1) return false;
  return true;
}
