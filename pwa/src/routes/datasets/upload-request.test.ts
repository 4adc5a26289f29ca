// Answers to uploads, and names made of files' names.
import { expect, it } from 'vitest';
import { nameOfFile, readAnswer } from './upload-request.ts';

it('reads what the server says', () => {
  const done = { name: 'quiz', version: 2, rows: 3, created: false, sha256: 'x' };
  expect(readAnswer(200, JSON.stringify(done))).toEqual({
    status: 'done',
    name: 'quiz',
    version: 2,
    rows: 3,
    created: false,
  });
  const bad = { detail: 'quiz.jsonl:2: is not valid JSON', line: 2, column: 6 };
  expect(readAnswer(422, JSON.stringify(bad))).toEqual({
    status: 'refused',
    message: 'quiz.jsonl:2: is not valid JSON',
    line: 2,
    column: 6,
    field: undefined,
  });
  expect(readAnswer(422, '{"detail":"name: no","issues":[{"path":"name"}],"line":null}')).toMatchObject({
    field: 'name',
    line: undefined,
  });
  expect(readAnswer(502, '<html>')).toEqual({ status: 'broken' });
});

it.each([
  ['quiz.jsonl', 'quiz'],
  ['My Quiz (2).JSONL.gz', 'my-quiz-2'],
  ['Questões.csv', 'questoes'],
  ['../../x.csv', 'x'],
  ['___.csv', ''],
])('%s is named %s', (file, name) => {
  expect(nameOfFile(file)).toBe(name);
});
