// Which examples stand before a question: drawn in document order, so that they depend on nothing but seed and data (lm_eval/api/samplers.py).
import { isDeepStrictEqual } from 'node:util';
import type { Row } from '../dataset/dataset.ts';
import { BancadaError } from '../errors.ts';
import { PythonRandom } from '../statistics/python-random.ts';

/** How examples are chosen. */
export interface FewShotPlan {
  readonly sampler: 'default' | 'first_n';
  /** Examples per question. */
  readonly count: number;
  /** Whether the evaluated row may be among the pool and must be left out. */
  readonly excludesItself: boolean;
  readonly seed: number;
}

/** Gives each evaluated row its examples; to be called for every row, in order. */
export type FewShotSampler = (row: Row) => readonly Row[];

/**
 * `default` draws with the state carried from row to row; `first_n` takes the first.
 * @throws BancadaError INVALID_INPUT when the pool is too small.
 */
export function fewShotSampler(pool: readonly Row[], plan: FewShotPlan): FewShotSampler {
  const { count, excludesItself, sampler } = plan;
  if (count === 0) return () => [];
  const needed = count + (excludesItself ? 1 : 0);
  if (pool.length < needed) {
    throw new BancadaError('INVALID_INPUT', 'too few rows to draw examples from', {
      key: 'num_fewshot',
      value: count,
      allowed: `at most ${pool.length - needed + count}`,
    });
  }
  if (sampler === 'first_n') return (row) => firstOthers(pool, excludesItself ? row : undefined, count);
  const random = new PythonRandom(plan.seed);
  return (row) => {
    const drawn = random.sample(pool, needed);
    if (!excludesItself) return drawn;
    const others = firstOthers(drawn, row, count);
    if (others.length === count) return others;
    return random.sample(firstOthers(pool, row, pool.length), count);
  };
}

/** The first rows that are not the given one. */
function firstOthers(rows: readonly Row[], row: Row | undefined, count: number): readonly Row[] {
  const others: Row[] = [];
  for (const candidate of rows) {
    if (others.length === count) break;
    if (row === undefined || !isDeepStrictEqual(candidate, row)) others.push(candidate);
  }
  return others;
}
