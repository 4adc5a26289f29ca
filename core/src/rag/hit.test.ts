// Retrieval scores against trec_eval's definitions, worked out by hand.
import { expect, it } from 'vitest';
import { retrievalScores } from './hit.ts';

const retrieved = ['b', 'a', 'a', 'c'].map((documentId) => ({ documentId }));

it.each([
  [['b'], { goldRetrieved: true, documentRecall: 1, reciprocalRank: 1 }],
  [['c'], { goldRetrieved: true, documentRecall: 1, reciprocalRank: 1 / 3 }],
  [['a', 'x'], { goldRetrieved: true, documentRecall: 0.5, reciprocalRank: 0.5 }],
  [['x'], { goldRetrieved: false, documentRecall: 0, reciprocalRank: 0 }],
  [[], undefined],
])('relevant %j gives %j: a document stands at its best chunk', (relevant, expected) => {
  expect(retrievalScores(retrieved, relevant)).toEqual(expected);
});
