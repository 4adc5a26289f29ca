// Which choice of a multiple-choice item the model prefers.
import type { ScoredChoice } from './scorer.ts';

/**
 * Position of the choice with the highest value; ties go to the first, and a value that is not a number wins over all
 * (an empty choice divided by its length), as in `numpy.argmax`. -1 without choices.
 */
export function bestChoice(
  choices: readonly ScoredChoice[],
  value: (choice: ScoredChoice) => number,
): number {
  const values = choices.map(value);
  const invalid = values.findIndex(Number.isNaN);
  if (invalid >= 0) return invalid;
  return values.reduce(
    (best, candidate, index) => (candidate > (values[best] ?? Number.NEGATIVE_INFINITY) ? index : best),
    values.length > 0 ? 0 : -1,
  );
}

/** 1 when the position is among the right ones, else 0; positions beyond the choices are never right. */
export function hit(position: number, gold: readonly number[]): number {
  return gold.includes(position) ? 1 : 0;
}
