// YAML faults name file, line, key, value and what is allowed.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checked, locate, parseYaml, TaggedScalar } from './yaml.ts';

const schema = z.strictObject({
  name: z.string(),
  kind: z.enum(['alpha', 'beta']),
  splits: z.record(
    z.string(),
    z.union([z.string(), z.strictObject({ file: z.string(), rows: z.int().min(0).optional() })]),
  ),
  list: z.array(z.string()).optional(),
});

const text = `name: x
kind: alpha
splits:
  train: {file: a.jsonl}
  test: b.jsonl
list:
  - a
`;

function messageOf(broken: string): string {
  try {
    checked(schema, parseYaml(broken, 'f.yaml'), { file: 'f.yaml', text: broken });
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return 'no error';
}

test('a right value passes through', () => {
  expect(checked(schema, parseYaml(text, 'f.yaml'), { file: 'f.yaml', text })).toMatchObject({
    kind: 'alpha',
  });
});

test.each([
  [
    'unknown key',
    text.replace('kind:', 'kimd:'),
    'f.yaml:2: kimd: unknown key "kimd", did you mean "kind"?; allowed: name, kind, splits, list',
  ],
  [
    'unknown key within a union',
    text.replace('{file:', '{rowz: 1, file:'),
    'f.yaml:4: splits.train.rowz: unknown key "rowz", did you mean "rows"?; allowed: file, rows',
  ],
  [
    'unknown value',
    text.replace('kind: alpha', 'kind: alpa'),
    'f.yaml:2: kind: unknown value, did you mean "alpha"? (given: "alpa"); allowed: alpha, beta',
  ],
  [
    'wrong type in a list',
    text.replace('- a', '- 7'),
    'f.yaml:7: list[0]: wrong type (given: 7); allowed: string',
  ],
  ['missing key', text.replace('name: x\n', ''), 'f.yaml:1: name: "name" is missing; allowed: string'],
  [
    'too small',
    text.replace('{file: a.jsonl}', '{file: a.jsonl, rows: -1}'),
    'f.yaml:4: splits.train.rows: too small (given: -1); allowed: at least 0',
  ],
  [
    'broken YAML',
    'a: [1\nb: 2',
    'f.yaml:2: is not valid YAML: missed comma between flow collection entries, column 1',
  ],
])('%s', (_, broken, message) => {
  expect(messageOf(broken)).toContain(message);
});

test('several faults are told at once', () => {
  expect(
    messageOf(text.replace('kind: alpha', 'kind: gamma').replace('- a', '- 7')).split('\n'),
  ).toHaveLength(2);
});

test('YAML reads as PyYAML does: doubled keys, merge keys, own tags, no date objects', () => {
  const value = parseYaml(
    'a: &x {p: 1}\nb: {<<: *x, q: 2}\na: 3\nf: !function utils.go\nday: 2026-11-23\n',
    'f.yaml',
  );
  expect(value).toEqual({
    a: 3,
    b: { p: 1, q: 2 },
    f: new TaggedScalar('!function', 'utils.go'),
    day: '2026-11-23',
  });
});

test('locate gives the line of a key, of a list entry, and of the nearest part that exists', () => {
  expect(locate(text, ['splits', 'test'])).toBe(5);
  expect(locate(text, ['list', 0])).toBe(7);
  expect(locate(text, ['splits', 'nothing', 'there'])).toBe(3);
});
