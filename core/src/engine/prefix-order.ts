// Orders scoring jobs so that what they share is computed once: the next one shares most with what was just read.

/** Anything with a context of tokens. */
export interface Prefixed {
  readonly context: readonly number[];
}

/**
 * A bounded window of jobs sorted by context, which is the depth-first order of their trie. Taking the neighbour of
 * what was just read walks that trie, and new jobs may join at any time.
 */
export class PrefixOrder<Job extends Prefixed> {
  readonly #jobs: Job[] = [];

  get size(): number {
    return this.#jobs.length;
  }

  add(job: Job): void {
    this.#jobs.splice(this.#position(job.context), 0, job);
  }

  /** All jobs with one and the same context: the one that shares the longest prefix with `read`. Empty when nothing is left. */
  takeNearest(read: readonly number[]): Job[] {
    const after = this.#position(read);
    const next = this.#jobs[after];
    const previous = this.#jobs[after - 1];
    const nearest =
      next && previous
        ? sharedLength(previous.context, read) > sharedLength(next.context, read)
          ? previous
          : next
        : (next ?? previous);
    if (nearest === undefined) return [];
    const first = this.#position(nearest.context);
    let end = first;
    while (end < this.#jobs.length && compare(this.#jobs[end]?.context ?? [], nearest.context) === 0) end++;
    return this.#jobs.splice(first, end - first);
  }

  /** Index of the first job that does not come before `context`. */
  #position(context: readonly number[]): number {
    let low = 0;
    let high = this.#jobs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#jobs[middle]?.context ?? [], context) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** How many leading tokens two sequences have in common. */
export function sharedLength(a: readonly number[], b: readonly number[]): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length++;
  return length;
}

/** Lexicographic by token id; a prefix comes first. */
function compare(a: readonly number[], b: readonly number[]): number {
  const length = sharedLength(a, b);
  const left = a[length];
  const right = b[length];
  if (left === undefined || right === undefined) return a.length - b.length;
  return left - right;
}
