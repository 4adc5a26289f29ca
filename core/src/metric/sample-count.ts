// Checks that there is something to aggregate, and how many resamples are worth their time.
import { BancadaError } from '../errors.ts';

/** Resamples of every bootstrap. */
export const resamples = 1000;

const draws = 1e7;

/** Whether 1,000 resamples of n rows stay within ten million draws (some 0.3 s); beyond, the closed forms agree with them. */
export function isWorthBootstrap(n: number): boolean {
  return n >= 2 && n * resamples <= draws;
}

/** @throws BancadaError INVALID_INPUT when there is no sample. */
export function requireSamples(values: ArrayLike<number>): void {
  if (values.length > 0) return;
  throw new BancadaError('INVALID_INPUT', 'there is no finished sample to aggregate', {
    allowed: 'at least one sample',
  });
}
