// A broken JSON text is told by line and column, also where the engine names no position.
import { expect, test } from 'vitest';
import type { BancadaError } from '../errors.ts';
import { parseJson } from './json-fault.ts';

function placeIn(text: string): readonly unknown[] {
  try {
    parseJson(text, 'rows.json', 1);
    return [];
  } catch (thrown) {
    const { line, column } = (thrown as BancadaError).detail;
    return [line, column];
  }
}

const before = `[\n${'{"a":[1,"x",null],"b":-1.5e3},\n'.repeat(500)}`;

test.each([
  ['x', 1, 1],
  ['{"a":tru}', 1, 9],
  ['{"a":nul', 1, 9],
  ['{"a":1,"b":x}', 1, 12],
  ['[1,\n 2,\n]', 3, 1],
  ['{"a" 1}', 1, 6],
  ['{"a":1', 1, 7],
  [`${before}{"a":x},\n{"a":y}]`, 502, 6],
  [`${before}{"a":"x"},\n]`, 503, 1],
])('%j', (text, line, column) => {
  expect(placeIn(text)).toEqual([line, column]);
});

test('wherever one byte outside of names and numbers is spoilt, the place is there', () => {
  const lines = ['{"a":[1,-2.5e3,true,null],', '"b":{"c":"x"},"d":false}'];
  for (const [index, line] of lines.entries()) {
    for (let at = 0; at < line.length; at += 1) {
      if (!'{}[]:,'.includes(line[at] ?? '')) continue;
      const spoilt = lines.with(index, `${line.slice(0, at)}$${line.slice(at + 1)}`);
      expect(placeIn(spoilt.join('\n'))).toEqual([index + 1, at + 1]);
    }
  }
});
