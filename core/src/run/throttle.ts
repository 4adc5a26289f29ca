// At most one report per interval, and always one after the last change.

/** Calls `report` for a stream of changes, no more often than allowed. */
export class Throttle {
  readonly #everyMs: number;
  readonly #report: () => void;
  #last = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(everyMs: number, report: () => void) {
    this.#everyMs = everyMs;
    this.#report = report;
  }

  /** Something changed: reports at once when the interval is over, else when it will be. */
  change(): void {
    const wait = this.#last + this.#everyMs - performance.now();
    if (wait <= 0) this.#fire();
    else this.#timer ??= setTimeout(() => this.#fire(), wait);
  }

  /** Reports a change that still waits, now. */
  flush(): void {
    if (this.#timer !== undefined) this.#fire();
  }

  #fire(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#last = performance.now();
    this.#report();
  }
}
