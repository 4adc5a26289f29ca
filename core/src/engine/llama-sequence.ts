// One llama.cpp sequence: reads, forgets, scores and writes.
import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Sampling } from '../request/request.ts';
import type { WritingSequence } from './local-model.ts';
import { sharedLength } from './prefix-order.ts';
import type { NextToken } from './token-sequence.ts';

/** Keeps its own list of what was read: the library copies its list at every look. */
export class LlamaSequence implements WritingSequence {
  readonly #sequence: LlamaContextSequence;
  readonly #seed: number;
  #tokens: number[] = [];

  /** `seed` is used where a request that samples brings none. */
  constructor(sequence: LlamaContextSequence, seed: number) {
    this.#sequence = sequence;
    this.#seed = seed;
  }

  get tokens(): readonly number[] {
    return this.#tokens;
  }

  async truncate(length: number): Promise<void> {
    if (length >= this.#tokens.length) return;
    this.#tokens.length = length;
    await this.#sequence.eraseContextTokenRanges([{ start: length, end: this.#sequence.nextTokenIndex }]);
  }

  async read(
    tokens: readonly number[],
    wanted: readonly (readonly number[] | undefined)[],
  ): Promise<(NextToken | undefined)[]> {
    const input = tokens.map((token, index): ControlledEvaluateInputItem => {
      const targets = wanted[index];
      if (targets === undefined) return token as Token;
      // `includeTop`, never `includeMax`: that one gives nothing.
      const logits = { filter: { tokens: targets as Token[], includeTop: 1 } };
      return [token as Token, { generateNext: { logits, totalLogitWeight: true } }];
    });
    const outputs = await this.#sequence.controlledEvaluate(input);
    this.#tokens.push(...tokens);
    return tokens.map((_, index) => {
      const next = outputs[index]?.next;
      return next?.logits && next.totalLogitWeight !== undefined
        ? nextToken(next.logits, next.totalLogitWeight)
        : undefined;
    });
  }

  async *write(prompt: readonly number[], sampling: Sampling): AsyncGenerator<number, void, undefined> {
    const held = Math.min(sharedLength(this.#tokens, prompt), prompt.length - 1);
    await this.truncate(held);
    const fresh = prompt.slice(held);
    const options = {
      temperature: sampling.temperature,
      topK: sampling.topK ?? 0,
      topP: sampling.topP ?? 1,
      minP: 0,
      seed: sampling.seed ?? this.#seed,
    };
    let unread = fresh;
    try {
      for await (const token of this.#sequence.evaluate(fresh as Token[], options)) {
        this.#tokens.push(...unread);
        unread = [token];
        yield token;
      }
    } finally {
      // What the library has read is the truth, also when it ended early.
      this.#tokens = this.#sequence.contextTokens.slice();
    }
  }
}

/** `total` is the sum of exp(logit - max) over the vocabulary, so that log p = logit - max - ln(total). */
function nextToken(logits: ReadonlyMap<Token, number>, total: number): NextToken {
  let top = -1;
  let max = Number.NEGATIVE_INFINITY;
  for (const [token, logit] of logits) {
    if (logit > max) [top, max] = [token, logit];
  }
  const normaliser = max + Math.log(total);
  return { top, logProbability: new Map([...logits].map(([token, logit]) => [token, logit - normaliser])) };
}
