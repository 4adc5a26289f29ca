// Python's `ast.literal_eval`: strings, numbers, lists, tuples, sets, mappings, True, False and None; nothing is run.

/** A value that a literal can stand for. Tuples and sets are lists; mappings keep their keys as text. */
export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal };

/** @throws SyntaxError when the text is not one literal. */
export function parseLiteral(text: string): Literal {
  const reader = new Reader(text.replace(/^[ \t]+/, ''));
  const value = reader.value();
  reader.end();
  return value;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};
const names: Readonly<Record<string, Literal>> = { True: true, False: false, None: null };
const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Literal {
    this.#space();
    const next = this.#text[this.#at];
    if (next !== undefined && next in closing) return this.#container(next);
    const string = this.#match(/[rRuUbB]{0,2}(?:'''|"""|'|")/y);
    if (string !== undefined) return this.#strings(string);
    const number = this.#match(/[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return Number(number.replaceAll('_', ''));
    const name = this.#match(/[A-Za-z_]\w*/y);
    if (name !== undefined && name in names) return names[name] as Literal;
    throw this.#fault();
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw this.#fault();
  }

  #container(open: string): Literal {
    const close = closing[open] as string;
    const list: Literal[] = [];
    const pairs: Record<string, Literal> = {};
    let mapping = false;
    let commas = 0;
    this.#at += 1;
    while (!this.#take(close)) {
      const entry = this.value();
      if (open === '{' && this.#take(':')) {
        mapping = true;
        pairs[String(entry)] = this.value();
      } else list.push(entry);
      if (this.#take(',')) commas += 1;
      else if (!this.#peek(close)) throw this.#fault();
    }
    if (open === '{' && (mapping || list.length === 0)) return pairs;
    return open === '(' && list.length === 1 && commas === 0 ? (list[0] as Literal) : list;
  }

  /** Adjacent strings join. */
  #strings(opening: string): string {
    let result = '';
    for (
      let next: string | undefined = opening;
      next !== undefined;
      next = this.#match(/[rRuU]?(?:'''|"""|'|")/y)
    ) {
      const quote = /^[a-zA-Z]*/.exec(next)?.[0].length ?? 0;
      result += this.#string(next.slice(quote), /r/i.test(next.slice(0, quote)));
      this.#space();
    }
    return result;
  }

  #string(quote: string, raw: boolean): string {
    let result = '';
    while (!this.#text.startsWith(quote, this.#at)) {
      const character = this.#text[this.#at];
      if (character === undefined || (character === '\n' && quote.length === 1)) throw this.#fault();
      result += character === '\\' && !raw ? this.#escape() : character;
      if (character !== '\\' || raw) this.#at += 1;
    }
    this.#at += quote.length;
    return result;
  }

  #escape(): string {
    const numeric = this.#match(/\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y);
    if (numeric !== undefined) return String.fromCodePoint(Number.parseInt(numeric.slice(2), 16));
    const octal = this.#match(/\\[0-7]{1,3}/y);
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal.slice(1), 8));
    const character = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    return escapes[character] ?? `\\${character}`;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #peek(text: string): boolean {
    this.#space();
    return this.#text.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#at += text.length;
    return true;
  }

  #space(): void {
    this.#match(/\s+/y);
  }

  #fault(): SyntaxError {
    return new SyntaxError(`not a Python literal at character ${this.#at + 1}: ${this.#text.slice(0, 80)}`);
  }
}
