// Text from tokens that end inside a character.
import { describe, expect, it } from 'vitest';
import type { TextTokenizer } from './text-tokenizer.ts';
import { TokenText } from './token-text.ts';

/** One token a byte. */
const bytes: TextTokenizer = {
  encode: (text) => [...Buffer.from(text)],
  decode: (ids) => Buffer.from(ids).toString('utf8'),
  bos: undefined,
  eos: undefined,
  addsBos: false,
};

describe('TokenText', () => {
  it('waits for the last byte of a character', () => {
    const text = new TokenText(bytes, []);
    const pieces = bytes.encode('aé🙂b').map((token) => text.push(token));
    expect(pieces).toEqual(['a', '', 'é', '', '', '', '🙂', 'b']);
  });

  it('gives what is left of a character at the end as U+FFFD', () => {
    const text = new TokenText(bytes, []);
    text.push(0xc3);
    expect(text.flush()).toBe('\ufffd');
    expect(text.flush()).toBe('');
  });
});
