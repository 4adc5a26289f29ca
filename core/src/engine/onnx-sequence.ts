// One sequence of an ONNX language model with its attention cache: reads, forgets, scores and writes.
import { DynamicCache, type PreTrainedModel, Tensor } from '@huggingface/transformers';
import type { Sampling } from '../request/request.ts';
import type { WritingSequence } from './local-model.ts';
import { sharedLength } from './prefix-order.ts';
import { TokenSampler } from './token-sampler.ts';
import type { NextToken } from './token-sequence.ts';

/** Loaded weights and what writing with them needs. */
export interface CausalModel {
  readonly weights: PreTrainedModel;
  /** Tokens that end a text. */
  readonly ends: ReadonlySet<number>;
  /** Used where a request that samples brings no seed. */
  readonly seed: number;
}

/** Tensors by input name, `past_key_values.0.key` and so on; dimensions [batch, heads, tokens, width]. */
type Cache = ReadonlyMap<string, Tensor>;

/** Logits of at most so many values are held at a time, hence long prompts are read in pieces. */
const logitLimit = 32e6;
const pieceLimit = 512;

export class OnnxSequence implements WritingSequence {
  readonly #model: CausalModel;
  #tokens: number[] = [];
  /** Holds the first `#cached` of the tokens. */
  #cache: Cache = new Map();
  #cached = 0;
  #piece = pieceLimit;

  constructor(model: CausalModel) {
    this.#model = model;
  }

  get tokens(): readonly number[] {
    return this.#tokens;
  }

  /** Caches of other kinds than attention (convolutions, recurrent state) cannot be cut: they are built again with the next read. */
  async truncate(length: number): Promise<void> {
    if (length >= this.#tokens.length) return;
    this.#tokens.length = length;
    if (length >= this.#cached) return;
    const cuttable = [...this.#cache.keys()].every((name) => name.startsWith('past_key_values.'));
    this.#cache = cuttable
      ? new Map([...this.#cache].map(([name, tensor]) => [name, firstTokens(tensor, length)]))
      : new Map();
    this.#cached = this.#cache.size > 0 ? length : 0;
  }

  async read(
    tokens: readonly number[],
    wanted: readonly (readonly number[] | undefined)[],
  ): Promise<(NextToken | undefined)[]> {
    const answers: (NextToken | undefined)[] = [];
    await this.#feed(tokens, (index, logits) => {
      const targets = wanted[index];
      if (targets !== undefined) answers[index] = nextToken(logits(), targets);
    });
    return tokens.map((_, index) => answers[index]);
  }

  async *write(prompt: readonly number[], sampling: Sampling): AsyncGenerator<number, void, undefined> {
    const held = Math.min(sharedLength(this.#tokens, prompt), prompt.length - 1);
    await this.truncate(held);
    const sampler = new TokenSampler(sampling, this.#model.seed);
    for (let unread = prompt.slice(held); ; ) {
      let next = -1;
      await this.#feed(unread, (index, logits) => {
        if (index === unread.length - 1) next = sampler.choose(logits());
      });
      if (this.#model.ends.has(next)) return;
      yield next;
      unread = [next];
    }
  }

  /** Runs the model over `tokens` (and over what the cache has lost); `look` is called for each of them with its logits. */
  async #feed(
    tokens: readonly number[],
    look: (index: number, logits: () => Float32Array) => void,
  ): Promise<void> {
    const lost = this.#tokens.slice(this.#cached);
    const input = [...lost, ...tokens];
    this.#tokens.push(...tokens);
    for (let start = 0; start < input.length; start += this.#piece) {
      const piece = input.slice(start, start + this.#piece);
      const rows = await this.#run(piece);
      for (const [offset] of piece.entries()) {
        const index = start + offset - lost.length;
        if (index >= 0) look(index, () => rows(offset));
      }
    }
    // Without a cache the next run begins from the first token.
    if (this.#cache.size === 0) this.#cached = 0;
  }

  async #run(ids: readonly number[]): Promise<(offset: number) => Float32Array> {
    const whole = this.#cached + ids.length;
    const outputs: Record<string, Tensor> = await this.#model.weights({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      attention_mask: new Tensor('int64', new BigInt64Array(whole).fill(1n), [1, whole]),
      ...(this.#cache.size > 0 ? { past_key_values: new DynamicCache(Object.fromEntries(this.#cache)) } : {}),
    });
    return this.#keep(outputs, whole);
  }

  #keep(outputs: Record<string, Tensor>, whole: number): (offset: number) => Float32Array {
    const present = Object.entries(outputs).filter(([name]) => name.startsWith('present'));
    this.#cache = new Map(present.map(([name, tensor]) => [cacheName(name), tensor]));
    this.#cached = whole;
    const logits = outputs.logits;
    if (logits === undefined) throw new Error('the ONNX graph has no output "logits"');
    const values = logits.to('float32').data as Float32Array;
    const width = logits.dims[2] ?? 1;
    this.#piece = Math.max(16, Math.min(pieceLimit, Math.floor(logitLimit / width)));
    return (offset) => values.subarray(offset * width, (offset + 1) * width);
  }
}

/** The input that takes an output back in, as transformers.js names them (models/modeling_utils.js `getPastKeyValues`). */
function cacheName(output: string): string {
  return output.replace(/^present_(ssm|conv|recurrent)/u, 'past_$1').replace(/^present/u, 'past_key_values');
}

/** The part of a cache tensor that belongs to the first `length` tokens. */
function firstTokens(tensor: Tensor, length: number): Tensor {
  const [batch = 1, heads = 1, tokens = 0, width = 1] = tensor.dims;
  const source = tensor.data as Float32Array;
  const kept = source.slice(0, batch * heads * length * width);
  for (let row = 0; row < batch * heads; row++) {
    kept.set(source.subarray(row * tokens * width, (row * tokens + length) * width), row * length * width);
  }
  return new Tensor(tensor.type, kept, [batch, heads, length, width]);
}

/** Log-softmax at the wanted tokens. */
function nextToken(logits: Float32Array, wanted: readonly number[]): NextToken {
  let top = 0;
  for (let token = 1; token < logits.length; token++)
    if ((logits[token] ?? 0) > (logits[top] ?? 0)) top = token;
  const max = logits[top] ?? 0;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - max);
  const normaliser = max + Math.log(total);
  return {
    top,
    logProbability: new Map(wanted.map((token) => [token, (logits[token] ?? Number.NaN) - normaliser])),
  };
}
