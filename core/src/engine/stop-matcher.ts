// Finds stop strings in text that arrives in pieces.

/** Holds back what may be the beginning of a stop string until that is known. */
export class StopMatcher {
  readonly #stops: readonly string[];
  /** How much of the end may belong to a stop string that is not complete yet. */
  readonly #longest: number;
  readonly #onText: ((piece: string) => void) | undefined;
  #text = '';
  #told = 0;
  #stopped = false;

  /** Empty stop strings are ignored. @param onText told the text as soon as it is sure to be part of the answer. */
  constructor(stops: readonly string[], onText?: (piece: string) => void) {
    this.#onText = onText;
    this.#stops = stops.filter((stop) => stop !== '');
    this.#longest = Math.max(0, ...this.#stops.map((stop) => stop.length));
  }

  /** Everything before the first stop string, or all text so far. */
  get text(): string {
    return this.#text;
  }

  /** Takes the next piece; true once a stop string is complete. The earliest occurrence wins. */
  push(piece: string): boolean {
    if (this.#stopped) return true;
    const from = Math.max(0, this.#text.length - this.#longest + 1);
    this.#text += piece;
    const found = this.#stops.map((stop) => this.#text.indexOf(stop, from)).filter((index) => index >= 0);
    if (found.length > 0) {
      this.#text = this.#text.slice(0, Math.min(...found));
      this.#stopped = true;
    }
    this.#tell();
    return this.#stopped;
  }

  #tell(): void {
    if (this.#onText === undefined) return;
    const sure = this.#stopped ? this.#text.length : this.#text.length - Math.max(0, this.#longest - 1);
    if (sure <= this.#told) return;
    this.#onText(this.#text.slice(this.#told, sure));
    this.#told = sure;
  }
}
