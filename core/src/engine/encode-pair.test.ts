// How a context and its continuation become tokens, against lm_eval.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodePair } from './encode-pair.ts';
import type { TextTokenizer } from './text-tokenizer.ts';

interface Pair {
  readonly adds_bos: boolean;
  readonly context: string;
  readonly continuation: string;
  readonly read: readonly number[];
  readonly scored: readonly number[];
}

const reference: { pieces: string[]; pairs: Pair[] } = JSON.parse(
  readFileSync(new URL('../../reference/engine/pairs.json', import.meta.url), 'utf8'),
);

/** Longest piece first, as the reference's toy tokenizer. */
function encode(text: string): number[] {
  const ids: number[] = [];
  for (let rest = text; rest !== ''; ) {
    const fitting = reference.pieces.filter((piece) => rest.startsWith(piece));
    const piece = fitting.reduce((best, next) => (next.length > best.length ? next : best));
    ids.push(reference.pieces.indexOf(piece));
    rest = rest.slice(piece.length);
  }
  return ids;
}

const tokenizer = (addsBos: boolean): TextTokenizer => ({
  encode,
  decode: (ids) => ids.map((id) => reference.pieces[id]).join(''),
  bos: { id: 0, text: '<s>' },
  eos: undefined,
  addsBos,
});

describe('encodePair', () => {
  it.each(reference.pairs)('splits $context + $continuation as lm_eval does (BOS: $adds_bos)', (pair) => {
    const encoded = encodePair(tokenizer(pair.adds_bos), pair.context, pair.continuation, 64);
    if (pair.scored.length === 0) {
      expect(encoded).toMatchObject({ status: 'failed', reason: 'empty_continuation' });
    } else {
      expect(encoded).toEqual({ status: 'ok', context: pair.read, continuation: pair.scored, dropped: 0 });
    }
  });

  it('names both strings when a token spans the join', () => {
    const encoded = encodePair(tokenizer(true), 'a', 'b', 64);
    expect(encoded).toMatchObject({ message: expect.stringMatching(/"b".*"a"/) });
  });

  it('cuts the left so that as many tokens as the model reads stay, the last one only predicted', () => {
    const encoded = encodePair(tokenizer(true), 'the cat sat cat sat', ' the', 3);
    expect(encoded).toEqual({ status: 'ok', context: [4, 3, 4], continuation: [2], dropped: 3 });
  });

  it('refuses a continuation that the model cannot read at once', () => {
    const encoded = encodePair(tokenizer(true), 'the', ' cat sat cat sat', 3);
    expect(encoded).toMatchObject({ status: 'failed', reason: 'context_overflow' });
  });
});
