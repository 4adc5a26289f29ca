// Retrieval scores against trec_eval's definitions, worked out by hand.
import { describe, expect, it } from 'vitest';
import { goldRetrieved, retrievalScores } from './hit.ts';

const retrieved = ['b', 'a', 'a', 'c'].map((documentId) => ({ documentId }));

describe('goldRetrieved', () => {
  it.each([
    [['a'], true],
    [['x', 'c'], true],
    [['x'], false],
    [[], undefined],
  ])('relevant %j gives %s', (relevant, expected) => {
    expect(goldRetrieved(retrieved, relevant)).toBe(expected);
  });
});

describe('retrievalScores', () => {
  it.each([
    [['b'], { hit: 1, recall: 1, reciprocalRank: 1 }],
    [['c'], { hit: 1, recall: 1, reciprocalRank: 1 / 3 }],
    [['a', 'x'], { hit: 1, recall: 0.5, reciprocalRank: 0.5 }],
    [['x'], { hit: 0, recall: 0, reciprocalRank: 0 }],
    [[], undefined],
  ])('relevant %j gives %j: a document stands at its best chunk', (relevant, expected) => {
    expect(retrievalScores(retrieved, relevant)).toEqual(expected);
  });
});
