// The Mersenne twister MT19937 with CPython's seeding: the source of every random number in the library.

const size = 624;
const middle = 397;

/**
 * MT19937 of Matsumoto and Nishimura, seeded by `init_by_array` as CPython's `random.seed(int)` does
 * (Modules/_randommodule.c). Own code because the npm packages that have `init_by_array` are no longer maintained.
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(size);
  #next = size;

  /** @param seed any integer; its sign is dropped, as in CPython. Throws RangeError when it is not an integer. */
  constructor(seed: number | bigint) {
    this.#seedByArray(words(seed));
  }

  /** The next 32 random bits as an integer from 0 to 2³² - 1. */
  uint32(): number {
    if (this.#next >= size) this.#refill();
    let y = this.#state[this.#next++] as number;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A double from [0, 1) with 53 random bits: CPython's `random.random()`. */
  random(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  #seedByArray(key: readonly number[]): void {
    const state = this.#state;
    this.#seedByWord(19650218);
    let i = 1;
    let j = 0;
    for (let k = Math.max(size, key.length); k > 0; k--) {
      state[i] =
        ((state[i] as number) ^ Math.imul(scrambled(state[i - 1] as number), 1664525)) +
        (key[j] as number) +
        j;
      if (++i >= size) {
        state[0] = state[size - 1] as number;
        i = 1;
      }
      if (++j >= key.length) j = 0;
    }
    for (let k = size - 1; k > 0; k--) {
      state[i] = ((state[i] as number) ^ Math.imul(scrambled(state[i - 1] as number), 1566083941)) - i;
      if (++i >= size) {
        state[0] = state[size - 1] as number;
        i = 1;
      }
    }
    state[0] = 0x80000000;
  }

  #seedByWord(seed: number): void {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < size; i++) state[i] = Math.imul(scrambled(state[i - 1] as number), 1812433253) + i;
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < size - middle; i++) state[i] = twisted(state, i, i + 1, i + middle);
    for (let i = size - middle; i < size - 1; i++) state[i] = twisted(state, i, i + 1, i + middle - size);
    state[size - 1] = twisted(state, size - 1, 0, middle - 1);
    this.#next = 0;
  }
}

function twisted(state: Uint32Array, here: number, next: number, far: number): number {
  const y = ((state[here] as number) & 0x80000000) | ((state[next] as number) & 0x7fffffff);
  return (state[far] as number) ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}

function scrambled(word: number): number {
  return word ^ (word >>> 30);
}

/** The absolute value of the seed in 32-bit words, lowest first; `[0]` for zero. */
function words(seed: number | bigint): number[] {
  let rest = BigInt(seed);
  if (rest < 0n) rest = -rest;
  const parts: number[] = [];
  do {
    parts.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return parts;
}
