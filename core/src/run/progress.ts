// How far a run has come, how fast it goes, and when it will be done.
import type { Progress } from './event.ts';

// The rate is taken over the last seconds: it follows the change from one evaluation to the next.
const windowMs = 10_000;
const markEveryMs = 500;

/** Counts the samples of a whole run. */
export class ProgressMeter {
  #done = 0;
  #failed = 0;
  #total = 0;
  #marks: { readonly at: number; readonly done: number }[] = [];
  readonly #now: () => number;

  /** @param now a monotonic clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** More samples are to be done than was known. */
  plan(samples: number): void {
    this.#total += samples;
  }

  /** Samples that an earlier run has done: they count, but not for the rate. */
  found(samples: number, failed: number): void {
    this.#done += samples;
    this.#failed += failed;
    this.#marks = this.#marks.map((mark) => ({ ...mark, done: mark.done + samples }));
  }

  /** Samples just finished. */
  add(samples: number, failed: number): void {
    if (this.#marks.length === 0) this.#mark();
    this.#done += samples;
    this.#failed += failed;
    this.#total = Math.max(this.#total, this.#done);
    if (this.#now() - (this.#marks.at(-1)?.at ?? 0) >= markEveryMs) this.#mark();
  }

  /** Starts the clock of the rate; called when the first request may go out. */
  start(): void {
    this.#mark();
  }

  /** The state now. */
  get(): Progress {
    const first = this.#marks[0];
    const seconds = first ? (this.#now() - first.at) / 1000 : 0;
    const rate = first && seconds > 0 ? (this.#done - first.done) / seconds : 0;
    return {
      done: this.#done,
      total: this.#total,
      failed: this.#failed,
      rate,
      etaSeconds: rate > 0 ? (this.#total - this.#done) / rate : undefined,
    };
  }

  #mark(): void {
    const now = this.#now();
    this.#marks.push({ at: now, done: this.#done });
    while (this.#marks.length > 2 && (this.#marks[1]?.at ?? now) < now - windowMs) this.#marks.shift();
  }
}
