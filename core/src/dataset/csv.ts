// CSV (RFC 4180) with a header line; columns get their type from the first rows.
import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { BancadaError, toError } from '../errors.ts';
import { type Cell, columnTypes, typed } from './csv-column.ts';
import type { Row } from './dataset.ts';
import type { DatasetSource, ReadOptions } from './source.ts';

/** Streams. The delimiter is a comma, or a tab in `.tsv`. */
export const csv: DatasetSource = {
  description: 'CSV with a header line',
  extensions: ['.csv', '.tsv'],
  read,
};

/** Rows from which a column's type is read: the block size of Hugging Face's `csv` loader. */
const typingRows = 10_000;

type TextRow = Record<string, string>;

async function* read(file: string, { signal }: ReadOptions): AsyncGenerator<Row> {
  const parser = createReadStream(file, { signal })
    .on('error', (error) => parser.destroy(error))
    .pipe(
      parse({
        columns: (header: string[]) => unique(header, file),
        bom: true,
        delimiter: file.endsWith('.tsv') ? '\t' : ',',
      }),
    );
  const first: TextRow[] = [];
  let types: ReturnType<typeof columnTypes> | undefined;
  try {
    for await (const row of parser as AsyncIterable<TextRow>) {
      if (types) yield convert(row, types);
      else first.push(row);
      if (first.length < typingRows) continue;
      types ??= columnTypes(first);
      for (const early of first.splice(0)) yield convert(early, types);
    }
  } catch (cause) {
    throw located(cause, file);
  }
  types ??= columnTypes(first);
  for (const row of first) yield convert(row, types);
}

function convert(row: TextRow, types: ReturnType<typeof columnTypes>): Row {
  const result: Record<string, Cell> = {};
  for (const name in row) result[name] = typed(row[name] ?? '', types[name] ?? 'string');
  return result;
}

function unique(header: readonly string[], file: string): string[] {
  const doubled = header.find((name, index) => header.indexOf(name) !== index);
  if (doubled !== undefined) {
    throw new BancadaError('DUPLICATE_NAME', `column "${doubled}" occurs twice`, { file, line: 1 });
  }
  return [...header];
}

function located(thrown: unknown, file: string): Error {
  if (!(thrown instanceof CsvError)) return toError(thrown);
  // `index` counts the whole fields before the fault; `column` names the one that is at fault, when it is one.
  const { lines, column, index } = thrown as CsvError & {
    readonly lines?: number;
    readonly column?: string | null;
    readonly index?: number;
  };
  const place = column ? `, column ${column}` : '';
  return new BancadaError('FILE_INVALID', `is not valid CSV: ${thrown.message}${place}`, {
    file,
    line: lines,
    column: index === undefined ? undefined : column ? index + 1 : index,
    cause: thrown,
  });
}
