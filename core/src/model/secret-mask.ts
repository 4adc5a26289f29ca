// Keeps what an endpoint was sent in confidence out of what it answers: a server that repeats its key does not bring it into results.

/** Shorter values are no secrets worth the name (`ollama`, `EMPTY`), and would be found in ordinary answers. */
const shortest = 8;
const credential = /authorization|cookie|key|token|secret|password/i;
const mask = '***';

/** The key, and what headers of that purpose hold. */
export class SecretMask {
  readonly #secrets: readonly string[];
  readonly #escaped: readonly string[];

  /** `headers` as they are sent; a scheme before the value (`Bearer`) is no part of the secret. */
  constructor(apiKey: string | undefined, headers: Readonly<Record<string, string>>) {
    const held = Object.entries(headers).filter(([name]) => credential.test(name));
    const values = [
      apiKey ?? '',
      ...held.map(([, value]) => value.replace(/^(?:Bearer|Basic|Token) +/i, '')),
    ];
    // The longest first: one may be part of another.
    this.#secrets = [...new Set(values)]
      .filter((value) => value.length >= shortest)
      .toSorted((one, other) => other.length - one.length);
    this.#escaped = this.#secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  }

  /** JSON as it came, before it is parsed. */
  json(text: string): string {
    return this.#escaped.reduce((masked, secret) => masked.replaceAll(secret, mask), text);
  }

  /** For text that comes in pieces, where a secret may be spread over several. */
  stream(): MaskedStream {
    return new MaskedStream(this.#secrets);
  }
}

/** Holds back the end of what came for as long as it may be the beginning of a secret. */
export class MaskedStream {
  readonly #secrets: readonly string[];
  #held = '';

  /** The longest first. */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** What is certain with this piece. */
  push(piece: string): string {
    const text = this.#secrets.reduce(
      (masked, secret) => masked.replaceAll(secret, mask),
      this.#held + piece,
    );
    const held = Math.max(0, ...this.#secrets.map((secret) => overlap(text, secret)));
    this.#held = text.slice(text.length - held);
    return text.slice(0, text.length - held);
  }

  /** The rest, when nothing more will come. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

/** Length of the longest end of `text` that begins `secret`. */
function overlap(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > 0; length -= 1)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}
