// Windows of bounded length that slide over units of text and overlap.
import type { Pieces } from './piece.ts';

/** A run of pieces: from `first` to before `end`. */
export interface Unit {
  readonly first: number;
  readonly end: number;
}

/** Lengths in tokens; `overlap` is below `size`. */
export interface WindowSize {
  readonly size: number;
  readonly overlap: number;
}

/**
 * The fewest windows of whole units, taken greedily from the left: each at most `size` tokens long, and sharing with the one
 * before it as many units as fit into `overlap` tokens. A unit longer than `size` is a window of its own.
 * @param units adjacent, in order.
 */
export function windows(pieces: Pieces, units: readonly Unit[], { size, overlap }: WindowSize): Unit[] {
  const found: Unit[] = [];
  const length = (from: number, to: number) => pieces.tokens(units[from]?.first ?? 0, units[to]?.end ?? 0);
  let from = 0;
  while (from < units.length) {
    let to = from;
    while (to + 1 < units.length && length(from, to + 1) <= size) to += 1;
    found.push({ first: units[from]?.first ?? 0, end: units[to]?.end ?? 0 });
    if (to + 1 === units.length) break;
    let next = to + 1;
    while (next - 1 > from && length(next - 1, to) <= overlap && length(next - 1, to + 1) <= size) next -= 1;
    from = next;
  }
  return found;
}
