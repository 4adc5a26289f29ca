// JSON Lines: one object a line; empty lines are skipped.
import { BancadaError } from '../errors.ts';
import type { Row } from './dataset.ts';
import { parseJson } from './json-fault.ts';
import { type DatasetSource, isRow, type ReadOptions } from './source.ts';
import { readLines } from './text-line.ts';

/** Streams; one line is in memory at a time. */
export const jsonl: DatasetSource = {
  description: 'JSON Lines, one object a line',
  extensions: ['.jsonl', '.ndjson'],
  read,
};

async function* read(file: string, { signal }: ReadOptions): AsyncGenerator<Row> {
  for await (const { line, text } of readLines(file, signal)) {
    if (text.trim() === '') continue;
    const value = parseJson(text, file, line);
    if (!isRow(value)) {
      throw new BancadaError('FILE_INVALID', 'is not a JSON object, column 1', {
        file,
        line,
        column: 1,
        value,
        allowed: 'one object a line',
      });
    }
    yield value;
  }
}
