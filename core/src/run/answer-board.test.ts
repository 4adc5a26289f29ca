// Answers come in any order; an item leaves once, with its answers in the order of its requests.
import { expect, it } from 'vitest';
import type { LanguageResult } from '../request/request.ts';
import { AnswerBoard } from './answer-board.ts';
import type { AskedItem } from './assemble-sample.ts';
import { exampleItem } from './fixture/example-record.ts';

const asked = (...ids: string[]): AskedItem => ({
  evaluationId: 'e',
  item: exampleItem(),
  repeat: 0,
  contexts: undefined,
  requests: ids.map((id) => ({ kind: 'loglikelihood_rolling', id, text: id })),
  startedAt: '2026-11-01T10:00:00.000Z',
});
const result = (id: string): LanguageResult => ({
  id,
  status: 'failed',
  reason: 'timeout',
  message: id,
  attempts: 1,
});

it('puts answers back in order', () => {
  const board = new AnswerBoard();
  board.expect(asked('a', 'b', 'c'));
  board.expect(asked('d'));
  expect(board.answer(result('c'))).toBeUndefined();
  expect(board.answer(result('a'))).toBeUndefined();
  expect(board.answer(result('d'))?.results.map(({ id }) => id)).toEqual(['d']);
  expect(board.answer(result('b'))?.results.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(board.takeUnanswered()).toEqual([]);
});

it('knows what was not answered in full', () => {
  const board = new AnswerBoard();
  const item = asked('a', 'b');
  board.expect(item);
  board.answer(result('a'));
  expect(board.takeUnanswered()).toEqual([item]);
});

it('refuses doubled ids and answers to nothing', () => {
  const board = new AnswerBoard();
  board.expect(asked('a'));
  expect(() => board.expect(asked('a'))).toThrow(/same id \(given: "a"\)/);
  expect(() => board.answer(result('x'))).toThrow(/nobody asked/);
});
