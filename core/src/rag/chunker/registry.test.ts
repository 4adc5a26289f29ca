// What every chunker promises, on any text that there may be.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunksOf } from './chunker.ts';
import { chunkers } from './registry.ts';
import { type TokenCounter, wordCounter } from './token-counter.ts';

/** Byte-pair tokenizers count an accented word or an emoji as several tokens, and differently at the start of a text. */
const pairCounter: TokenCounter = {
  name: 'pairs',
  count: async (texts) => texts.map((text) => Math.ceil(Buffer.byteLength(text) / 2)),
};

const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
  fc.constantFrom(
    'end.',
    'What?',
    '数据检索很重要。',
    '👩‍👩‍👧‍👦',
    '🇧🇷',
    'ação',
    'नमस्ते',
    'x'.repeat(70),
    '3.14',
    'กขค',
    '\ud83d',
  ),
);
const gap = fc.constantFrom(' ', ' ', ' ', '  ', '\n', '\r\n', '\n\n', '\n \n', '\t', '\u00a0', '\u3000', '');
const text = fc.array(fc.tuple(gap, word), { maxLength: 60 }).map((parts) => parts.flat().join(''));
const sizes = fc
  .tuple(fc.integer({ min: 8, max: 40 }), fc.double({ min: 0, max: 0.99, noNaN: true }))
  .map(([size, share]) => ({ size, overlap: Math.floor(size * share) }));
const names = Object.keys(chunkers) as (keyof typeof chunkers)[];

async function cut(
  name: keyof typeof chunkers,
  counter: TokenCounter,
  given: string,
  options: { size: number; overlap: number },
) {
  return chunksOf({ id: 'd', text: given }, chunkers[name].create(options, counter));
}

describe.each(names)('chunker %s', (name) => {
  it.each([wordCounter, pairCounter])(
    'reproduces the text by its offsets and loses nothing ($name)',
    async (counter) => {
      await fc.assert(
        fc.asyncProperty(text, sizes, async (given, options) => {
          const chunks = await cut(name, counter, given, options);
          const covered = new Uint8Array(given.length);
          for (const [index, chunk] of chunks.entries()) {
            expect(chunk).toMatchObject({ id: `d#${index}`, documentId: 'd', index });
            expect(given.slice(chunk.start, chunk.end)).toBe(chunk.text);
            expect(chunk.text).toBe(chunk.text.trim());
            covered.fill(1, chunk.start, chunk.end);
          }
          const lost = given.replace(/\S/g, (character, at: number) => (covered[at] ? ' ' : character));
          expect(lost.trim()).toBe('');
        }),
      );
    },
  );

  it.each([wordCounter, pairCounter])(
    'keeps the size, save where one character is longer ($name)',
    async (counter) => {
      await fc.assert(
        fc.asyncProperty(text, sizes, async (given, options) => {
          const chunks = await cut(name, counter, given, options);
          const tokens = await counter.count(chunks.map((chunk) => chunk.text));
          const segmenter = new Intl.Segmenter();
          for (const [index, chunk] of chunks.entries()) {
            if ([...segmenter.segment(chunk.text)].length > 1)
              expect(tokens[index]).toBeLessThanOrEqual(options.size);
          }
        }),
      );
    },
  );

  it.each([wordCounter, pairCounter])(
    'goes forward, and overlaps by no more than asked ($name)',
    async (counter) => {
      await fc.assert(
        fc.asyncProperty(text, sizes, async (given, options) => {
          const chunks = await cut(name, counter, given, options);
          for (const [index, chunk] of chunks.entries()) {
            const before = chunks[index - 1];
            if (before === undefined) continue;
            expect(chunk.start).toBeGreaterThan(before.start);
            expect(chunk.end).toBeGreaterThan(before.end);
            const [shared = 0] = await counter.count([given.slice(chunk.start, before.end)]);
            if (before.end > chunk.start) expect(shared).toBeLessThanOrEqual(options.overlap);
          }
        }),
      );
    },
  );

  it('never cuts inside a character that a reader sees as one', async () => {
    const given = '👩‍👩‍👧‍👦'.repeat(30);
    const chunks = await cut(name, pairCounter, given, { size: 30, overlap: 0 });
    expect(chunks.map((chunk) => chunk.text)).toEqual(Array(15).fill('👩‍👩‍👧‍👦'.repeat(2)));
  });

  it('gives no chunk for white space, and one for a text that fits', async () => {
    expect(await cut(name, wordCounter, ' \n\n\t ', { size: 8, overlap: 2 })).toEqual([]);
    const [only, ...others] = await cut(name, wordCounter, '  All of it.\n', { size: 8, overlap: 2 });
    expect([only?.text, only?.start, only?.end, others]).toEqual(['All of it.', 2, 12, []]);
  });
});

describe('chunker fixed', () => {
  it('cuts windows that share words', async () => {
    const chunks = await cut('fixed', wordCounter, 'a b c d e f g h i j', { size: 4, overlap: 1 });
    expect(chunks.map((chunk) => chunk.text)).toEqual(['a b c d', 'd e f g', 'g h i j']);
  });

  it('cuts writing without spaces between its characters', async () => {
    const chunks = await cut('fixed', wordCounter, '東京は日本の首都', { size: 3, overlap: 0 });
    expect(chunks.map((chunk) => chunk.text)).toEqual(['東京は', '日本の', '首都']);
  });
});

describe('chunker recursive', () => {
  const given = 'One two. Three four.\n\nFive six seven. Eight nine ten. Eleven.\nTwelve.\n\nThirteen.';

  it('joins paragraphs while they fit and cuts the long one at lines, then sentences', async () => {
    const chunks = await cut('recursive', wordCounter, given, { size: 8, overlap: 0 });
    expect(chunks.map((chunk) => chunk.text)).toEqual([
      'One two. Three four.',
      'Five six seven. Eight nine ten.',
      'Eleven.',
      'Twelve.',
      'Thirteen.',
    ]);
  });

  it('keeps a text that fits whole, whatever its breaks', async () => {
    const chunks = await cut('recursive', wordCounter, given, { size: 40, overlap: 8 });
    expect(chunks.map((chunk) => chunk.text)).toEqual([given]);
  });

  it('repeats whole sentences at most', async () => {
    const chunks = await cut('recursive', wordCounter, 'Aa bb. Cc dd. Ee ff. Gg hh.', {
      size: 9,
      overlap: 4,
    });
    expect(chunks.map((chunk) => chunk.text)).toEqual(['Aa bb. Cc dd. Ee ff.', 'Ee ff. Gg hh.']);
  });
});
