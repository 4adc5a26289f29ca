// First guesses at a task from the names of columns.
import { expect, it } from 'vitest';
import { firstDraft, taskInput } from './task-draft.ts';

it('guesses the form and the columns', () => {
  const quiz = firstDraft('quiz', [
    { name: 'train', columns: [] },
    { name: 'test', columns: ['id', 'question', 'options', 'answer'] },
  ]);
  expect(quiz).toMatchObject({
    form: 'MULTIPLE_CHOICE',
    split: 'test',
    question: 'question',
    choices: 'options',
    fewshotSplit: 'train',
  });
  const letters = firstDraft('mmlu', [{ name: 'test', columns: ['input', 'A', 'B', 'C', 'D', 'target'] }]);
  expect(letters).toMatchObject({
    choices: 'A, B, C, D',
    choiceAnswer: 'LETTER',
    answer: 'target',
    question: 'input',
  });
  expect(firstDraft('stories', [{ name: 'train', columns: ['text'] }])).toMatchObject({
    form: 'LOGLIKELIHOOD_ROLLING',
    question: 'text',
  });
  expect(firstDraft('sums', [{ name: 'test', columns: ['question', 'answer'] }])).toMatchObject({
    form: 'GENERATE_UNTIL',
  });
});

it('sends what the form needs and no more', () => {
  const draft = firstDraft('mmlu', [{ name: 'test', columns: ['input', 'A', 'B', 'target'] }]);
  expect(taskInput({ ...draft, numFewshot: '3' }, 'mmlu')).toMatchObject({
    choices: ['A', 'B'],
    numFewshot: 3,
    fewshotSplit: 'test',
  });
  expect(taskInput({ ...draft, form: 'CHAT' }, 'mmlu')).toMatchObject({
    choices: null,
    numFewshot: 0,
    fewshotSplit: null,
  });
  expect(taskInput({ ...draft, form: 'LOGLIKELIHOOD_ROLLING' }, 'mmlu').answer).toBeNull();
});
