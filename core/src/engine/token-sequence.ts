// One sequence of tokens inside a model, with the attention state of what was read.

/** Log-probabilities (nats) of the tokens that were asked for, after one position. */
export interface NextToken {
  readonly logProbability: ReadonlyMap<number, number>;
  /** The most likely token of the whole vocabulary. */
  readonly top: number;
}

/** Reads tokens and forgets them again; both engines score through this. */
export interface TokenSequence {
  /** What was read and is not forgotten. */
  readonly tokens: readonly number[];
  /** Forgets everything from `length` on. */
  truncate(length: number): Promise<void>;
  /** Reads `tokens`; after each one whose entry in `wanted` is a list, gives the log-probabilities of that list. */
  read(
    tokens: readonly number[],
    wanted: readonly (readonly number[] | undefined)[],
  ): Promise<readonly (NextToken | undefined)[]>;
}
