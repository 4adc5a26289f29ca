// The paired permutation test: every difference could as well have had the other sign.
import { MersenneTwister } from './mersenne-twister.ts';
import { sum } from './moments.ts';

const rounding = 100 * Number.EPSILON;

/**
 * Two-sided p of the sum of the differences under random signs (Fisher 1935; scipy
 * `permutation_test(permutation_type='samples')`). Every sign pattern is tried when there are no more of them than
 * `permutations`; otherwise p = (extreme + 1) / (permutations + 1), 32 signs to a draw of the Mersenne twister, lowest bit first.
 */
export function signFlipTest(
  differences: ArrayLike<number>,
  options: { seed: number; permutations: number },
): number {
  const sizes = Float64Array.from(differences).filter((difference) => difference !== 0);
  if (sizes.length === 0) return 1;
  const observed = Math.abs(sum(sizes)) * (1 - rounding);
  const patterns = 2 ** sizes.length;
  if (patterns <= options.permutations) return countAll(sizes, observed, patterns) / patterns;
  return (countDrawn(sizes, observed, options) + 1) / (options.permutations + 1);
}

function countAll(sizes: Float64Array, observed: number, patterns: number): number {
  let extreme = 0;
  for (let pattern = 0; pattern < patterns; pattern++) {
    let total = 0;
    for (let i = 0; i < sizes.length; i++)
      total += (pattern >>> i) & 1 ? (sizes[i] as number) : -(sizes[i] as number);
    if (Math.abs(total) >= observed) extreme++;
  }
  return extreme;
}

function countDrawn(
  sizes: Float64Array,
  observed: number,
  options: { seed: number; permutations: number },
): number {
  const random = new MersenneTwister(options.seed);
  let extreme = 0;
  for (let b = 0; b < options.permutations; b++) {
    let total = 0;
    let signs = 0;
    for (let i = 0; i < sizes.length; i++) {
      if ((i & 31) === 0) signs = random.uint32();
      total += signs & 1 ? (sizes[i] as number) : -(sizes[i] as number);
      signs >>>= 1;
    }
    if (Math.abs(total) >= observed) extreme++;
  }
  return extreme;
}
