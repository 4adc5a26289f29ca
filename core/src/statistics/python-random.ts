// CPython's `random.Random`: the same draws from the same seed, so that few-shot examples equal the reference's.
import { BancadaError } from '../errors.ts';
import { MersenneTwister } from './mersenne-twister.ts';

/** The methods of `random.Random` (CPython 3.11, Lib/random.py) that evaluation code uses. State is carried from call to call. */
export class PythonRandom {
  readonly #twister: MersenneTwister;

  /** @param seed any integer, as in `random.Random(seed)`. Throws RangeError when it is not an integer. */
  constructor(seed: number | bigint) {
    this.#twister = new MersenneTwister(seed);
  }

  /** A double from [0, 1). */
  random(): number {
    return this.#twister.random();
  }

  /**
   * An integer of `bits` random bits.
   * @param bits from 0 to 53.
   * @throws BancadaError INVALID_INPUT outside that range.
   */
  getrandbits(bits: number): number {
    if (!Number.isInteger(bits) || bits < 0 || bits > 53) {
      throw new BancadaError('INVALID_INPUT', 'wrong number of random bits', {
        value: bits,
        allowed: 'an integer from 0 to 53',
      });
    }
    if (bits === 0) return 0;
    if (bits <= 32) return this.#twister.uint32() >>> (32 - bits);
    const low = this.#twister.uint32();
    const high = this.#twister.uint32() >>> (64 - bits);
    return high * 4294967296 + low;
  }

  /** An integer from 0 to n - 1, CPython's `_randbelow_with_getrandbits`; 0 when n is 0. */
  below(n: number): number {
    if (n === 0) return 0;
    const bits = bitLength(n);
    let drawn = this.getrandbits(bits);
    while (drawn >= n) drawn = this.getrandbits(bits);
    return drawn;
  }

  /**
   * `k` different elements in random order, without replacement: `random.sample(population, k)`.
   * @throws BancadaError INVALID_INPUT when k is negative or larger than the population.
   */
  sample<T>(population: ArrayLike<T>, k: number): T[] {
    const n = population.length;
    if (!Number.isInteger(k) || k < 0 || k > n) {
      throw new BancadaError('INVALID_INPUT', 'sample larger than population or negative', {
        value: k,
        allowed: `an integer from 0 to ${n}`,
      });
    }
    return this.sampleIndexes(n, k).map((index) => population[index] as T);
  }

  /** The positions that `random.sample(range(n), k)` gives; k at most n. */
  sampleIndexes(n: number, k: number): number[] {
    const setSize = k > 5 ? 21 + 4 ** Math.ceil(Math.log(k * 3) / Math.log(4)) : 21;
    return n <= setSize ? this.#sampleFromPool(n, k) : this.#sampleBySet(n, k);
  }

  /** `k` elements with replacement, all equally likely: `random.choices(population, k=k)`. */
  choices<T>(population: ArrayLike<T>, k: number): T[] {
    return Array.from({ length: k }, () => population[Math.floor(this.random() * population.length)] as T);
  }

  /** Shuffles in place: `random.shuffle(x)`. */
  shuffle<T>(items: T[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j] as T, items[i] as T];
    }
  }

  #sampleFromPool(n: number, k: number): number[] {
    const pool = Array.from({ length: n }, (_, index) => index);
    const result: number[] = [];
    for (let i = 0; i < k; i++) {
      const j = this.below(n - i);
      result.push(pool[j] as number);
      pool[j] = pool[n - i - 1] as number;
    }
    return result;
  }

  #sampleBySet(n: number, k: number): number[] {
    const selected = new Set<number>();
    while (selected.size < k) selected.add(this.below(n));
    return [...selected];
  }
}

function bitLength(n: number): number {
  return n < 4294967296 ? 32 - Math.clz32(n) : 32 + (32 - Math.clz32(Math.floor(n / 4294967296)));
}
