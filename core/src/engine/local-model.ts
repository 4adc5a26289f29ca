// A language model in this process, as scoring and generation see it.
import type { Sampling } from '../request/request.ts';
import type { TextTokenizer } from './text-tokenizer.ts';
import type { TokenSequence } from './token-sequence.ts';

/** A sequence that can also go on writing. */
export interface WritingSequence extends TokenSequence {
  /** Reads `prompt` (reusing what the sequence already holds of it) and yields new tokens until the model ends its text. */
  write(prompt: readonly number[], sampling: Sampling): AsyncGenerator<number, void, undefined>;
}

/** Weights with their tokenizer and the sequences that run side by side. */
export interface LocalModel {
  readonly tokenizer: TextTokenizer;
  /** Longest input in tokens. */
  readonly maxLength: number;
  /** Jinja source of the chat template. */
  readonly chatTemplate: string | undefined;
  readonly sequences: readonly WritingSequence[];
}
