// A text cut at white space into pieces that tokenizers treat apart, each with its length in tokens.
import { piecePattern } from '../word.ts';
import type { Span } from './chunker.ts';
import type { TokenCounter } from './token-counter.ts';

/** How strong the break before a piece is. */
export const breaks = { word: 0, sentence: 1, line: 2, paragraph: 3 } as const;

/** One of {@link breaks}. */
export type Break = (typeof breaks)[keyof typeof breaks];

/** The pieces of a text and the sums over them. */
export class Pieces {
  readonly spans: readonly Span[];
  /** The break before each piece; the first has the strongest. */
  readonly breaks: readonly Break[];
  /** Tokens of each piece by itself, as at the start of a chunk. */
  readonly #alone: readonly number[];
  /** Sums of the tokens of each piece together with the white space before it. */
  readonly #sums: Float64Array;

  constructor(text: string, spans: readonly Span[], alone: readonly number[], following: readonly number[]) {
    this.spans = spans;
    this.breaks = spans.map((span, index) => breakBefore(text, spans[index - 1], span));
    this.#alone = alone;
    this.#sums = new Float64Array(spans.length + 1);
    for (const [index, tokens] of following.entries())
      this.#sums[index + 1] = (this.#sums[index] ?? 0) + tokens;
  }

  /** Tokens of the text from piece `first` to before piece `end`. */
  tokens(first: number, end: number): number {
    if (end <= first) return 0;
    return (this.#alone[first] ?? 0) + (this.#sums[end] ?? 0) - (this.#sums[first + 1] ?? 0);
  }

  /** The span of the text from piece `first` to before piece `end`, which must not be empty. */
  span(first: number, end: number): Span {
    return { start: this.spans[first]?.start ?? 0, end: this.spans[end - 1]?.end ?? 0 };
  }
}

/** Cuts a text so that no piece is longer than `size` tokens, unless one character alone is. */
export async function piecesOf(text: string, counter: TokenCounter, size: number): Promise<Pieces> {
  const runs = Array.from(text.matchAll(piecePattern), ({ index, 0: run }) => ({
    start: index,
    end: index + run.length,
  }));
  const wide = await measure(text, runs, counter);
  const spans = runs.flatMap((run, index) =>
    Math.max(wide.alone[index] ?? 0, wide.following[index] ?? 0) > size ? characters(text, run) : [run],
  );
  const { alone, following } = spans.length === runs.length ? wide : await measure(text, spans, counter);
  return new Pieces(text, spans, alone, following);
}

async function measure(
  text: string,
  spans: readonly Span[],
  counter: TokenCounter,
): Promise<{ alone: number[]; following: number[] }> {
  const alone = spans.map(({ start, end }) => text.slice(start, end));
  const following = spans.map(({ end }, index) => text.slice(spans[index - 1]?.end ?? 0, end));
  return { alone: await counter.count(alone), following: await counter.count(following) };
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** What a reader sees as characters: an emoji of several code points stays whole. */
function characters(text: string, { start, end }: Span): Span[] {
  return Array.from(segmenter.segment(text.slice(start, end)), ({ index, segment }) => ({
    start: start + index,
    end: start + index + segment.length,
  }));
}

const sentenceEnd = /[.!?…][\p{Pe}\p{Pf}"']*$/u;
const unspacedSentenceEnd = /[。！？｡]$/u;

function breakBefore(text: string, before: Span | undefined, span: Span): Break {
  if (before === undefined) return breaks.paragraph;
  const gap = text.slice(before.end, span.start);
  if (/\n\s*\n|\r\s*\r|\u2029/.test(gap.replaceAll('\r\n', '\n'))) return breaks.paragraph;
  if (/[\n\r\u2028]/.test(gap)) return breaks.line;
  const piece = text.slice(before.start, before.end);
  if (unspacedSentenceEnd.test(piece) || (gap !== '' && sentenceEnd.test(piece))) return breaks.sentence;
  return breaks.word;
}
