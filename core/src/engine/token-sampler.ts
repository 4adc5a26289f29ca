// Draws the next token from logits.
import type { Sampling } from '../request/request.ts';
import { MersenneTwister } from '../statistics/mersenne-twister.ts';

/** Greedy at temperature 0; else top-k, then top-p, then a draw from the softmax at the temperature (the order of Hugging Face transformers' logits warpers, temperature first). */
export class TokenSampler {
  readonly #sampling: Sampling;
  readonly #random: MersenneTwister;

  /** `seed` is used where the request brings none. */
  constructor(sampling: Sampling, seed: number) {
    this.#sampling = sampling;
    this.#random = new MersenneTwister(sampling.seed ?? seed);
  }

  /** Id of the drawn token; the lowest id wins a tie. */
  choose(logits: Float32Array): number {
    const { temperature, topK, topP } = this.#sampling;
    if (temperature <= 0 || topK === 1) return argmax(logits);
    const order = Array.from(logits.keys()).sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0));
    const kept = topK !== undefined && topK > 0 ? order.slice(0, topK) : order;
    const max = logits[kept[0] ?? 0] ?? 0;
    const weights = kept.map((token) => Math.exp(((logits[token] ?? 0) - max) / temperature));
    const count = nucleus(weights, topP ?? 1);
    let left = this.#random.random() * weights.slice(0, count).reduce((sum, weight) => sum + weight, 0);
    for (let index = 0; index < count; index++) {
      left -= weights[index] ?? 0;
      if (left < 0) return kept[index] ?? 0;
    }
    return kept[count - 1] ?? 0;
  }
}

/** How many of the descending weights are needed to reach the share `topP`; at least one. */
function nucleus(weights: readonly number[], topP: number): number {
  if (topP >= 1) return weights.length;
  const goal = topP * weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  let count = 0;
  while (count < weights.length && (count === 0 || sum < goal)) sum += weights[count++] ?? 0;
  return count;
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++)
    if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best;
}
