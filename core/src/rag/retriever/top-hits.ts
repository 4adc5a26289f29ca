// The best k of many hits.
import type { Hit } from './retriever.ts';

/** Compares hits as trec_eval does: score descending, then id descending (by code unit). */
export function compareHits(a: Hit, b: Hit, ids: readonly string[]): number {
  if (a.score !== b.score) return b.score - a.score;
  const [idA = '', idB = ''] = [ids[a.position], ids[b.position]];
  return idA < idB ? 1 : idA > idB ? -1 : 0;
}

/** Keeps the best `k` of the hits that are offered, in O(log k) each, most being refused by one comparison. */
export class TopHits {
  readonly #k: number;
  readonly #ids: readonly string[];
  readonly #hits: Hit[] = [];

  constructor(k: number, ids: readonly string[]) {
    this.#k = k;
    this.#ids = ids;
  }

  /** Takes a hit in if it is among the best so far. */
  offer(position: number, score: number): void {
    const last = this.#hits.at(-1);
    const full = this.#hits.length === this.#k;
    if (full && last !== undefined && score < last.score) return;
    const hit = { position, score };
    let low = 0;
    let high = this.#hits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#hits[middle];
      if (other !== undefined && compareHits(other, hit, this.#ids) < 0) low = middle + 1;
      else high = middle;
    }
    if (low === this.#k) return;
    this.#hits.splice(low, 0, hit);
    if (full) this.#hits.pop();
  }

  /** Best first. */
  hits(): Hit[] {
    return this.#hits.slice();
  }
}
