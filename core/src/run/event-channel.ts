// Between the work that makes events and the reader that takes them: in order, and bounded however slow the reader is.
import type { RunEvent } from './event.ts';

/** Pushed events come out of the iteration in order; `samples.scored` and preliminary metrics that nobody has read are replaced by newer ones. */
export class EventChannel implements AsyncIterable<RunEvent> {
  #waiting: RunEvent[] = [];
  #ended = false;
  #failure: unknown;
  #wake: (() => void) | undefined;

  push(event: RunEvent): void {
    const key = replaceableKey(event);
    const older = key === undefined ? -1 : this.#waiting.findIndex((other) => replaceableKey(other) === key);
    if (older >= 0) this.#waiting.splice(older, 1);
    this.#waiting.push(event);
    this.#wake?.();
  }

  /** Ends the iteration once everything was read; with a failure, by throwing it. */
  end(failure?: unknown): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunEvent> {
    for (;;) {
      const events = this.#waiting;
      this.#waiting = [];
      yield* events;
      if (this.#waiting.length > 0) continue;
      if (this.#ended) break;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
      this.#wake = undefined;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }
}

function replaceableKey(event: RunEvent): string | undefined {
  if (event.type === 'samples.scored') return event.type;
  if (event.type === 'metrics.updated' && event.preliminary) return `${event.type} ${event.evaluationId}`;
  return undefined;
}
