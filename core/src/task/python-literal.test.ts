// Literals mean what Python's ast.literal_eval makes of them.
import { expect, test } from 'vitest';
import { parseLiteral } from './python-literal.ts';

test.each([
  [`['a', "it's", 'b\\n\\x41\\u00e9\\'']`, ['a', "it's", "b\nAé'"]],
  ['[1, -2.5, 1e3, True, False, None,]', [1, -2.5, 1000, true, false, null]],
  [`('a', ('b',), ())`, ['a', ['b'], []]],
  [`('a')`, 'a'],
  [`{'a': [1], 2: 'x'}`, { a: [1], 2: 'x' }],
  [`{'a', 'b'}`, ['a', 'b']],
  [`['a' 'b', r'\\n', """x\ny"""]`, ['ab', '\\n', 'x\ny']],
  ['  [ "日本" ,\n "x" ]', ['日本', 'x']],
  ['[]', []],
])('%s', (text, value) => {
  expect(parseLiteral(text)).toEqual(value);
});

test.each(['[a]', '[1', '[1 2]', "['a]", 'f(1)', '1 + 1', '', '__import__("os")'])(
  '%s is no literal',
  (text) => {
    expect(() => parseLiteral(text)).toThrow(SyntaxError);
  },
);
