// JSON: a list of objects, or an object with one list of objects. Read whole; JSON Lines stream.
import { readFile, stat } from 'node:fs/promises';
import { BancadaError, unknownName } from '../errors.ts';
import type { Row } from './dataset.ts';
import { parseJson } from './json-fault.ts';
import { jsonl } from './jsonl.ts';
import { type DatasetSource, isRow, type ReadOptions } from './source.ts';
import { readLines } from './text-line.ts';

/** JSON Lines under the name `.json` are recognised, as Hugging Face's `json` loader does. */
export const json: DatasetSource = {
  description: 'JSON, a list of objects or an object with one list',
  extensions: ['.json'],
  read,
};

/** A larger file is refused: it would have to be held in memory whole. */
const maximalBytes = 256 * 1024 * 1024;

async function* read(file: string, options: ReadOptions): AsyncGenerator<Row> {
  if (await looksLikeLines(file)) {
    yield* jsonl.read(file, options);
    return;
  }
  const { size } = await stat(file);
  if (size > maximalBytes) {
    const hint = 'JSON Lines (.jsonl) stream at any size';
    throw new BancadaError('FILE_INVALID', 'JSON file too large to hold in memory', {
      file,
      value: size,
      allowed: `at most ${maximalBytes} bytes`,
      hint,
    });
  }
  const bytes = await readFile(file, { signal: options.signal });
  const text = decode(bytes, file);
  // A blank file holds no row; whoever asks for the split says so.
  if (text.trim() === '') return;
  const list = rowsOf(parseJson(text, file, 1), file, options.field);
  for (const [index, row] of list.entries()) {
    if (!isRow(row)) {
      throw new BancadaError('FILE_INVALID', `record ${index + 1} is not an object`, {
        file,
        key: `[${index}]`,
        value: row,
      });
    }
    yield row;
  }
}

/** A first line that is a whole object, with another line after it. */
async function looksLikeLines(file: string): Promise<boolean> {
  let first: string | undefined;
  for await (const { text } of readLines(file)) {
    if (text.trim() === '') continue;
    if (first !== undefined) return true;
    if (!/^\s*\{.*\}\s*$/.test(text)) return false;
    first = text;
  }
  return false;
}

function rowsOf(value: unknown, file: string, field: string | undefined): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const lists = isRow(value) ? Object.entries(value).filter(([, entry]) => Array.isArray(entry)) : [];
  if (field !== undefined) {
    const found = lists.find(([key]) => key === field);
    if (!found)
      throw unknownName(
        'field',
        field,
        lists.map(([key]) => key),
        { file },
      );
    return found[1] as unknown[];
  }
  const [only] = lists;
  if (only && lists.length === 1) return only[1] as unknown[];
  throw new BancadaError(
    'FILE_INVALID',
    `holds ${lists.length === 0 ? 'no list' : `${lists.length} lists`}`,
    {
      file,
      allowed: 'a list of objects, or an object with one list',
      hint: lists.length ? `Name one of ${lists.map(([key]) => key).join(', ')} as "field"` : undefined,
    },
  );
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BancadaError('FILE_INVALID', 'is not UTF-8 text', { file, hint: 'Save it as UTF-8', cause });
  }
}
