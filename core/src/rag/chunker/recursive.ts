// Chunker `recursive`: cuts at the strongest breaks first, and at weaker ones only where a part is too long.
import type { ChunkerPlugin } from './chunker.ts';
import { type Break, breaks, type Pieces, piecesOf } from './piece.ts';
import { type SizeOptions, sizeOptions } from './size-options.ts';
import { type Unit, type WindowSize, windows } from './window.ts';

/** Paragraphs, then lines, then sentences, then words (the order of langchain_text_splitters `RecursiveCharacterTextSplitter`). */
export const recursive: ChunkerPlugin<SizeOptions> = {
  description: 'Paragraphs, else lines, else sentences, else words, joined up to `size` tokens',
  options: sizeOptions,
  create: (options, counter) => ({
    async cut(text) {
      const pieces = await piecesOf(text, counter, options.size);
      const whole = { first: 0, end: pieces.spans.length };
      if (whole.end === 0) return [];
      return split(pieces, whole, breaks.paragraph, options).map(({ first, end }) => pieces.span(first, end));
    },
  }),
};

function split(pieces: Pieces, whole: Unit, strength: Break, size: WindowSize): Unit[] {
  if (pieces.tokens(whole.first, whole.end) <= size.size) return [whole];
  const parts = partsOf(pieces, whole, strength);
  const weaker = breakBelow(strength);
  if (weaker === undefined) return windows(pieces, parts, size);
  const found: Unit[] = [];
  let short: Unit[] = [];
  for (const part of parts) {
    if (pieces.tokens(part.first, part.end) <= size.size) {
      short.push(part);
      continue;
    }
    found.push(...windows(pieces, short, size), ...split(pieces, part, weaker, size));
    short = [];
  }
  return [...found, ...windows(pieces, short, size)];
}

function breakBelow(strength: Break): Break | undefined {
  return Object.values(breaks).findLast((value) => value < strength);
}

function partsOf(pieces: Pieces, { first, end }: Unit, strength: Break): Unit[] {
  const parts: Unit[] = [];
  let start = first;
  for (let piece = first + 1; piece <= end; piece += 1) {
    if (piece < end && (pieces.breaks[piece] ?? breaks.word) < strength) continue;
    parts.push({ first: start, end: piece });
    start = piece;
  }
  return parts;
}
