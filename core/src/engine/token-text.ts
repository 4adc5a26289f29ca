// Turns generated tokens into text piece by piece, never cutting a character.
import type { TextTokenizer } from './text-tokenizer.ts';

/** Tokens before the pending ones that a decoder may need to know where a word begins. */
const lookBack = 4;

/** Collects tokens until they decode to whole characters. */
export class TokenText {
  readonly #tokenizer: TextTokenizer;
  #before: number[];
  #pending: number[] = [];

  /** `prompt`: what the generated tokens follow. */
  constructor(tokenizer: TextTokenizer, prompt: readonly number[]) {
    this.#tokenizer = tokenizer;
    this.#before = prompt.slice(-lookBack);
  }

  /** The text that became complete with this token; empty in the middle of a character. */
  push(token: number): string {
    this.#pending.push(token);
    const text = this.#tokenizer.decode(this.#pending, this.#before);
    if (text.endsWith('\ufffd') && this.#pending.length < 8) return '';
    this.#settle();
    return text;
  }

  /** Whatever is left at the end, with U+FFFD for bytes that never became a character. */
  flush(): string {
    if (this.#pending.length === 0) return '';
    const text = this.#tokenizer.decode(this.#pending, this.#before);
    this.#settle();
    return text;
  }

  #settle(): void {
    this.#before = [...this.#before, ...this.#pending].slice(-lookBack);
    this.#pending = [];
  }
}
