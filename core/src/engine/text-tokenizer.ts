// Text to token ids and back, in the form that both local engines offer.

/** A model's own tokenizer. */
export interface TextTokenizer {
  /** Ids of the text alone; special tokens written in the text are parsed as such. */
  readonly encode: (text: string) => number[];
  /** Text of `ids` as it goes on after `before`; special tokens give nothing. Incomplete UTF-8 gives U+FFFD. */
  readonly decode: (ids: readonly number[], before: readonly number[]) => string;
  /** Id and text of the token that begins a text; undefined when the model has none. */
  readonly bos: { readonly id: number; readonly text: string } | undefined;
  readonly eos: { readonly id: number; readonly text: string } | undefined;
  /** Whether the tokenizer puts `bos` before every text by default. */
  readonly addsBos: boolean;
}

/** Ids of a text as the tokenizer gives them by default: BOS in front if the model wants it, never twice. */
export function encodeText(tokenizer: TextTokenizer, text: string): number[] {
  const ids = tokenizer.encode(text);
  const bos = tokenizer.bos;
  return tokenizer.addsBos && bos !== undefined && ids[0] !== bos.id ? [bos.id, ...ids] : ids;
}

/** The token that stands before a text without context: BOS, else EOS (lm_eval `prefix_token_id`), else the first id. */
export function prefixToken(tokenizer: TextTokenizer): number {
  return tokenizer.bos?.id ?? tokenizer.eos?.id ?? 0;
}
