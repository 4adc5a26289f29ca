// The matrix multiplies what its paths point at, and names each combination.
import { describe, expect, it } from 'vitest';
import { combinations, readAxes, variantName, withValues } from './matrix.ts';

const read = (matrix: Record<string, (string | number)[]>) =>
  readAxes(matrix, ['num_fewshot'], ['temperature']);

describe('the matrix of a suite', () => {
  it('gives every combination, the last axis fastest', () => {
    const axes = read({ 'rag.retriever.k': [1, 3], 'generation.temperature': [0, 0.7] });
    expect(combinations(axes).map((combination) => variantName('dense', combination))).toEqual([
      'dense[k=1,temperature=0]',
      'dense[k=1,temperature=0.7]',
      'dense[k=3,temperature=0]',
      'dense[k=3,temperature=0.7]',
    ]);
    expect(combinations([])).toEqual([[]]);
    expect(variantName('dense', [])).toBe('dense');
  });

  it('writes paths out where their ends agree', () => {
    const [combination = []] = combinations(read({ 'rag.chunker.size': [128], 'rag.reranker.size': [1] }));
    expect(variantName('dense', combination)).toBe('dense[rag.chunker.size=128,rag.reranker.size=1]');
  });

  it('refuses a path that leads nowhere, with the nearest', () => {
    expect(() => read({ 'generation.temprature': [1] })).toThrow(
      /matrix\.generation\.temprature: this path leads nowhere, did you mean "generation\.temperature"\?.*num_fewshot/,
    );
    expect(() => read({ rag: [1] })).toThrow(/leads nowhere/);
  });

  it('sets values at their paths without touching the original', () => {
    const variant = { name: 'dense', retriever: { name: 'vectra', k: 3 }, chunker: 'recursive' };
    const [combination = []] = combinations(read({ 'rag.retriever.k': [5], 'rag.chunker.size': [64] }));
    expect(withValues(variant, combination)).toEqual({
      name: 'dense',
      retriever: { name: 'vectra', k: 5 },
      chunker: { name: 'recursive', size: 64 },
    });
    expect(variant.retriever.k).toBe(3);
  });
});
