// What Python's `re` finds with patterns as task files hold them.
import { expect, test } from 'vitest';
import reference from '../../reference/regexes.json' with { type: 'json' };
import { pythonRegex } from './python-regex.ts';

test.each(reference.patterns)('$pattern', ({ pattern, found }) => {
  const expected = new Map(found.map(([index, matches, rest]) => [index, { matches, rest }]));
  for (const [index, text] of reference.texts.entries()) {
    const matches = [...text.matchAll(pythonRegex(pattern))].map((match) => match[0]);
    const { matches: wanted, rest } = expected.get(index) ?? { matches: [], rest: text };
    expect({ text, matches, rest: text.replace(pythonRegex(pattern), '') }).toEqual({
      text,
      matches: wanted,
      rest,
    });
  }
});

test.each(['(', '[a', '(?x) a b', 'a*+b', '(?<=a+)('])(
  '%s is refused with the pattern in the message',
  (pattern) => {
    expect(() => pythonRegex(pattern)).toThrow(JSON.stringify(pattern));
  },
);
