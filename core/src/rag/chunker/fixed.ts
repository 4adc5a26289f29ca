// Chunker `fixed`: windows of a fixed number of tokens.
import type { ChunkerPlugin } from './chunker.ts';
import { piecesOf } from './piece.ts';
import { type SizeOptions, sizeOptions } from './size-options.ts';
import { windows } from './window.ts';

/** Cuts between words wherever the size is reached. */
export const fixed: ChunkerPlugin<SizeOptions> = {
  description: 'Windows of at most `size` tokens that share up to `overlap`, cut between words',
  options: sizeOptions,
  create: (options, counter) => ({
    async cut(text) {
      const pieces = await piecesOf(text, counter, options.size);
      const units = pieces.spans.map((_, first) => ({ first, end: first + 1 }));
      return windows(pieces, units, options).map(({ first, end }) => pieces.span(first, end));
    },
  }),
};
