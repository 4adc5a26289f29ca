// Numbers of which a random sample is kept, and exactly counted, bounded and averaged: Vitter's algorithm R, always the same draw.
import { MersenneTwister } from '../../statistics/mersenne-twister.ts';

const capacity = 10_000;

/** Up to 10,000 numbers stay as they are; of more, a uniform sample does. */
export class Reservoir {
  readonly #kept: number[] = [];
  readonly #random = new MersenneTwister(0);
  #count = 0;
  #mean = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  /** Numbers that are not finite are left out. */
  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#count += 1;
    this.#mean += (value - this.#mean) / this.#count;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (this.#kept.length < capacity) {
      this.#kept.push(value);
      return;
    }
    const place = Math.floor(this.#random.random() * this.#count);
    if (place < capacity) this.#kept[place] = value;
  }

  get count(): number {
    return this.#count;
  }

  get mean(): number {
    return this.#mean;
  }

  get min(): number {
    return this.#min;
  }

  get max(): number {
    return this.#max;
  }

  /** Whether {@link values} are fewer than were added. */
  get sampled(): boolean {
    return this.#count > this.#kept.length;
  }

  get values(): readonly number[] {
    return this.#kept;
  }
}
