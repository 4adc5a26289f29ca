// Retrievers against every score worked out one by one, and against numbers of the BM25 formula.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chunk } from '../document.ts';
import { bm25 } from './bm25.ts';
import { TopHits } from './top-hits.ts';
import { vectra } from './vectra.ts';

function chunk(id: string, text = ''): Chunk {
  return { id, documentId: id, index: 0, text, start: 0, end: text.length };
}

describe('TopHits', () => {
  it('keeps the best k: score descending, ties by id descending', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (scores, k) => {
          const ids = scores.map((_, position) => `d${(position * 7) % 61}`);
          const top = new TopHits(k, ids);
          for (const [position, score] of scores.entries()) top.offer(position, score);
          const all = scores.map((score, position) => ({ score, id: ids[position] ?? '', position }));
          all.sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1));
          expect(top.hits()).toEqual(all.slice(0, k).map(({ position, score }) => ({ position, score })));
        },
      ),
    );
  });
});

describe('bm25', () => {
  const texts = ['The cat sat on the mat', 'A dog and a CAT', 'Birds fly', ''];
  const open = (options = {}) =>
    bm25.open(
      texts.map((text, position) => chunk(`d${position}`, text)),
      bm25.options.parse(options) as never,
    );

  it('scores as the formula does', async () => {
    const hits = await (await open()).search({ text: 'cat, cats!' }, 10);
    // idf = ln(1 + (4 - 2 + 0.5) / (2 + 0.5)) = ln 2; tf / (tf + 0.9 (1 - 0.4 + 0.4 dl / 3.25)), dl = 5 and 6
    expect(hits.map(({ position }) => position)).toEqual([1, 0]);
    expect(hits[0]?.score).toBeCloseTo(Math.LN2 / (1 + 0.9 * (0.6 + (0.4 * 5) / 3.25)), 12);
    expect(hits[1]?.score).toBeCloseTo(Math.LN2 / (1 + 0.9 * (0.6 + (0.4 * 6) / 3.25)), 12);
  });

  it('counts a word of the query as often as it is said', async () => {
    const retriever = await open();
    const [once] = await retriever.search({ text: 'birds' }, 1);
    const [twice] = await retriever.search({ text: 'birds Birds' }, 1);
    expect(twice?.score).toBeCloseTo(2 * (once?.score ?? 0), 12);
  });

  it('finds nothing without a common word, and forgets one query before the next', async () => {
    const retriever = await open();
    expect(await retriever.search({ text: 'zebra ☃' }, 3)).toEqual([]);
    expect(await retriever.search({ text: 'dog' }, 3)).toEqual(await retriever.search({ text: 'dog' }, 3));
  });

  it('leaves stop words out', async () => {
    expect(await (await open({ stop_words: ['cat'] })).search({ text: 'cat' }, 3)).toEqual([]);
  });
});

describe('vectra', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'bancada-vectra-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  async function build(vectors: readonly Float32Array[]) {
    const writer = await vectra.createWriter(directory, {});
    for (const vector of vectors) await writer.add([vector]);
    const count = await writer.finish();
    const chunks = vectors.map((_, position) => chunk(`d${position}`));
    return vectra.open({ directory, chunks, vectors: count }, {});
  }

  it('ranks by cosine similarity as every comparison one by one does', async () => {
    const vectors = Array.from({ length: 50 }, (_, position) =>
      Float32Array.from({ length: 8 }, (__, component) => Math.sin(position * 8 + component)),
    );
    const query = Float32Array.from({ length: 8 }, (_, component) => Math.cos(component));
    const cosine = (a: Float32Array, b: Float32Array) =>
      a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) /
      (Math.hypot(...a) * Math.hypot(...b));
    const expected = vectors
      .map((vector, position) => ({ position, score: cosine(vector, query) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 5);
    const hits = await (await build(vectors)).search({ text: '', vector: query }, 5);
    expect(hits.map(({ position }) => position)).toEqual(expected.map(({ position }) => position));
    for (const [index, { score }] of hits.entries())
      expect(score).toBeCloseTo(expected[index]?.score ?? 0, 12);
  });

  it('orders ties by id descending, also those at the end of the list', async () => {
    const same = Array.from({ length: 9 }, () => Float32Array.of(1, 0));
    const hits = await (await build(same)).search({ text: '', vector: Float32Array.of(2, 0) }, 3);
    expect(hits.map(({ position }) => position)).toEqual([8, 7, 6]);
  });

  it('never finds a zero vector, and finds nothing by one', async () => {
    const retriever = await build([Float32Array.of(0, 0), Float32Array.of(1, 1)]);
    expect(await retriever.search({ text: '', vector: Float32Array.of(1, 0) }, 5)).toHaveLength(1);
    expect(await retriever.search({ text: '', vector: Float32Array.of(0, 0) }, 5)).toEqual([]);
  });
});
