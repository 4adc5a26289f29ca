// Which samples of an evaluation are already done: one bit each, so that a million of them weigh 125 kB.

/** A set of (item, repeat) pairs. */
export class FinishedSamples {
  readonly repeats: number;
  #bits = new Uint8Array(1024);
  #count = 0;
  #failed = 0;

  constructor(repeats: number) {
    this.repeats = repeats;
  }

  /** Samples in the set. */
  get count(): number {
    return this.#count;
  }

  /** How many of them failed. */
  get failed(): number {
    return this.#failed;
  }

  /** Adds a pair that is not in the set yet. */
  add(item: number, repeat: number, failed: boolean): void {
    const position = item * this.repeats + repeat;
    const byte = position >>> 3;
    if (byte >= this.#bits.length) this.#grow(byte + 1);
    this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (position & 7));
    this.#count += 1;
    if (failed) this.#failed += 1;
  }

  /** Whether this repeat of this item is done. */
  has(item: number, repeat: number): boolean {
    const position = item * this.repeats + repeat;
    return ((this.#bits[position >>> 3] ?? 0) & (1 << (position & 7))) !== 0;
  }

  /** Whether every repeat of this item is done. */
  hasAll(item: number): boolean {
    for (let repeat = 0; repeat < this.repeats; repeat += 1) if (!this.has(item, repeat)) return false;
    return true;
  }

  #grow(bytes: number): void {
    const grown = new Uint8Array(Math.max(bytes, this.#bits.length * 2));
    grown.set(this.#bits);
    this.#bits = grown;
  }
}
