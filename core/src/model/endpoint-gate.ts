// Lets requests through to an endpoint: never more than allowed at once, fewer when it asks for mercy.
import { setTimeout as sleep } from 'node:timers/promises';

/** How much an endpoint is asked at most. */
export interface GateOptions {
  readonly concurrency: number;
  readonly requestsPerMinute?: number | undefined;
}

/** Halves the concurrency when the endpoint is overloaded, gives one back after as many answers as are under way (AIMD). */
export class EndpointGate {
  readonly #most: number;
  readonly #intervalMs: number;
  #limit: number;
  #active = 0;
  #answered = 0;
  #reducedAt = 0;
  /** Nothing starts before this moment. */
  #opensAt = 0;
  #waiting: (() => void)[] = [];

  constructor({ concurrency, requestsPerMinute }: GateOptions) {
    this.#most = concurrency;
    this.#limit = concurrency;
    this.#intervalMs = requestsPerMinute === undefined ? 0 : 60_000 / requestsPerMinute;
  }

  /** How many may be under way at this moment. */
  get limit(): number {
    return this.#limit;
  }

  /** Waits for a place; gives the moment of entry (`performance.now()`), which {@link leave} wants back. Throws when aborted. */
  async enter(signal: AbortSignal): Promise<number> {
    for (;;) {
      signal.throwIfAborted();
      const now = performance.now();
      if (now < this.#opensAt) await sleep(this.#opensAt - now, undefined, { signal });
      else if (this.#active < this.#limit) {
        this.#active += 1;
        this.#opensAt = Math.max(this.#opensAt, now + this.#intervalMs);
        return now;
      } else await this.#turn(signal);
    }
  }

  /** Gives the place back. `overloaded`: the endpoint refused the request because it has too many. */
  leave(enteredAt: number, outcome: 'answered' | 'failed' | 'overloaded'): void {
    this.#active -= 1;
    // Requests that were under way together are refused together: that counts once.
    if (outcome === 'overloaded' && enteredAt >= this.#reducedAt) {
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
      this.#reducedAt = performance.now();
      this.#answered = 0;
    }
    if (outcome === 'answered') {
      this.#answered += 1;
      if (this.#limit < this.#most && this.#answered >= this.#limit) {
        this.#limit += 1;
        this.#answered = 0;
      }
    }
    this.#wake();
  }

  /** Lets nothing start for so long. */
  pause(milliseconds: number): void {
    this.#opensAt = Math.max(this.#opensAt, performance.now() + milliseconds);
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.push(done);
    });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
