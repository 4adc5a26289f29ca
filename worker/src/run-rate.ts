// How fast a run goes: samples per second over the last seconds, from its counter.

// Two batches a few milliseconds apart, as at the beginning, tell nothing about the speed.
const shortestMs = 500;
// As in core's progress: long enough to be steady, short enough to follow a change of evaluation.
const windowMs = 10_000;
const markEveryMs = 500;

/** Marks of a run's counter. */
export class RunRate {
  #marks: { readonly at: number; readonly done: number }[] = [];
  #latest = 0;
  readonly #now: () => number;

  /** @param now a monotonic clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Samples per second when the counter was noted last; 0 until it was followed for half a second. */
  get latest(): number {
    return this.#latest;
  }

  /** Notes the counter, which may have grown by other workers too. @returns samples per second. */
  mark(done: number): number {
    const at = this.#now();
    const last = this.#marks.at(-1);
    if (last === undefined || at - last.at >= markEveryMs) this.#marks.push({ at, done });
    while (this.#marks.length > 2 && (this.#marks[1]?.at ?? at) < at - windowMs) this.#marks.shift();
    const first = this.#marks[0];
    if (first !== undefined && at - first.at >= shortestMs)
      this.#latest = (Math.max(0, done - first.done) * 1000) / (at - first.at);
    return this.#latest;
  }
}
