// The check of JSON Lines over blocks: rows, columns and the first fault are those of parsing line by line, wherever blocks end.
import { expect, test } from 'vitest';
import type { BancadaError } from '../../errors.ts';
import { LineCheck } from './line-check.ts';

/** Rows and columns, or the fault, of bytes that come in blocks of a size. */
function check(bytes: Buffer, blockBytes: number): unknown {
  const lines = new LineCheck('rows.jsonl');
  try {
    for (let at = 0; at < bytes.length; at += blockBytes) {
      lines.take(bytes.copy(lines.block, 0, at, at + blockBytes));
    }
    return lines.end();
  } catch (thrown) {
    const { message, detail } = thrown as BancadaError;
    return { message, line: detail.line, column: detail.column };
  }
}

const sound = [
  '{"id":1,"text":"é"}',
  '',
  ' \t\r',
  '{"id":2,"extra":[1,{"id":3}],"text":"\\n"}\r',
  '{"text":"日本","id":3}',
  '{"2":0,"id":4,"1":0}',
  String.raw`{"\u0069d":5,"t\u00e9xt":1}`,
  `{"id":6,"text":"${'long '.repeat(30)}"}`,
  '\u00a0',
  `{"id":7,"deep":${'['.repeat(70)}${']'.repeat(70)}}`,
].join('\n');
const columns = ['id', 'text', 'extra', '1', '2', 'téxt', 'deep'];

test.each([1, 7, 64, 100, 1 << 20])('sound lines in blocks of %i bytes', (blockBytes) => {
  const expected = { rows: 7, columns };
  expect(check(Buffer.from(sound), blockBytes)).toEqual(expected);
  expect(check(Buffer.from(`\ufeff${sound}\n`), blockBytes)).toEqual(expected);
});

test.each([
  ['{"id":01}', 'is not valid JSON: Unexpected number, column 8', 8],
  ['[1]', 'is not a JSON object, column 1', 1],
  ['{"id":"x', 'is not valid JSON: Unterminated string, column 9', 9],
  ['{"é":x}', "is not valid JSON: Unexpected token 'x', column 6", 6],
  ['{"id":tru}', "is not valid JSON: Unexpected token '}', column 10", 10],
  ['{"é" 1}', "is not valid JSON: Expected ':' after property name, column 6", 6],
])('a fault in %j is told by the parser, in blocks of any size', (line, message, column) => {
  for (const blockBytes of [1, 7, 64, 1 << 20]) {
    const bytes = Buffer.from(`${sound}\n${line}\n{"id":\n`);
    expect(check(bytes, blockBytes)).toMatchObject({
      message: expect.stringContaining(message),
      line: 11,
      column,
    });
  }
});

test('the first fault counts, also before bytes that are no UTF-8', () => {
  const broken = Buffer.from([...Buffer.from(`${sound}\n{"é":"`), 0xff, 34, 125, 10]);
  const before = Buffer.from('{"id" 1}\n');
  for (const blockBytes of [1, 7, 1 << 20]) {
    expect(check(broken, blockBytes)).toMatchObject({ line: 11, column: 7 });
    expect(check(Buffer.concat([before, broken]), blockBytes)).toMatchObject({ line: 1, column: 7 });
  }
});

test('names of columns are found in lines that look like those before but for one key', () => {
  const line = (n: number) => `{"id":${n},"text":"${'x'.repeat(n % 50)}"}\n`;
  const many = Array.from({ length: 30_000 }, (_, n) => line(n));
  many[29_000] = '{"id":1,"texts":"x"}\n';
  expect(check(Buffer.from(many.join('')), 1 << 20)).toEqual({
    rows: 30_000,
    columns: ['id', 'text', 'texts'],
  });
});

test('too many names of columns are refused with their line', () => {
  const lines = Array.from({ length: 3_000 }, (_, n) => `{"id":1,"k${n}":1}\n`);
  expect(check(Buffer.from(lines.join('')), 1 << 20)).toMatchObject({ line: 2_000, column: 1 });
});

test('a line over 64 Mi bytes is refused before its end', () => {
  const lines = new LineCheck('rows.jsonl');
  lines.block.fill('a');
  expect(() => {
    for (let n = 0; n < 66; n += 1) lines.take(lines.block.length);
  }).toThrow(/line too long/);
});
