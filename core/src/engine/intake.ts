// Requests that have arrived in the engine and wait for a free slot.

/** A queue that several workers read and one producer fills. */
export class Intake<Item> {
  #items: Item[] = [];
  #ended = false;
  #wake: (() => void)[] = [];

  push(items: readonly Item[]): void {
    this.#items.push(...items);
    this.#wakeAll();
  }

  /** No more items will come. */
  end(): void {
    this.#ended = true;
    this.#wakeAll();
  }

  /** Ends at once and forgets what was not taken. */
  clear(): void {
    this.#items = [];
    this.end();
  }

  shift(): Item | undefined {
    return this.#items.shift();
  }

  /** Everything that is waiting. */
  drain(): Item[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  /** Resolves to true when something may be waiting, to false when nothing will ever come. */
  async wait(): Promise<boolean> {
    while (this.#items.length === 0) {
      if (this.#ended) return false;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    return true;
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
