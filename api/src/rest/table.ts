// Rows of anything as CSV, JSON, JSON Lines or Parquet, piece by piece.
import { type ParquetColumn, type ParquetRow, parquetPieces } from '@bancada/core';
import { type Options, stringify } from 'csv-stringify/sync';
import { csvOptions } from './format.ts';
import type { Exchange } from './route.ts';

/** A row by column name. */
export type TableRow = Readonly<Record<string, unknown>>;

/** The formats that a table has. */
export const tableFormats = ['json', 'csv', 'jsonl', 'parquet'] as const;

/** A column: its name, and what its cells hold in Parquet; `JSON` is an object, written as text. */
export type TableColumn = readonly [name: string, type: ParquetColumn['type'] | 'JSON'];

/** The pieces of a table. CSV and Parquet write the columns as they are given, objects as JSON; CSV dates as ISO 8601. */
export async function* tablePieces(
  format: (typeof tableFormats)[number],
  columns: readonly TableColumn[],
  pages: AsyncIterable<readonly TableRow[]>,
  exchange: Exchange,
): AsyncGenerator<string | Uint8Array> {
  const names = columns.map(([name]) => name);
  if (format === 'csv') yield* csvPieces(names, pages, exchange);
  else if (format === 'parquet') {
    const typed = columns.map(([name, type]) => ({ name, type: type === 'JSON' ? 'STRING' : type }) as const);
    yield* parquetPieces(typed, parquetRows(columns, pages));
  } else if (format === 'jsonl') {
    for await (const page of pages) yield page.map((row) => `${JSON.stringify(row)}\n`).join('');
  } else {
    let separator = '[\n';
    for await (const page of pages) {
      yield separator + page.map((row) => JSON.stringify(row)).join(',\n');
      separator = ',\n';
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n';
  }
}

async function* parquetRows(
  columns: readonly TableColumn[],
  pages: AsyncIterable<readonly TableRow[]>,
): AsyncGenerator<ParquetRow> {
  for await (const page of pages) {
    for (const row of page) {
      yield columns.map(([name, type]) => {
        const value = row[name] ?? undefined;
        return type === 'JSON' && value !== undefined ? JSON.stringify(value) : value;
      });
    }
  }
}

async function* csvPieces(
  columns: readonly string[],
  pages: AsyncIterable<readonly TableRow[]>,
  exchange: Exchange,
): AsyncGenerator<string> {
  const { delimiter, bom, escape: mode } = csvOptions(exchange);
  const options: Options = {
    delimiter,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: mode === 'formula',
    cast: { boolean: String, date: (value) => value.toISOString(), object: (value) => JSON.stringify(value) },
  };
  yield (bom ? '\uFEFF' : '') + stringify([[...columns]], options);
  for await (const page of pages)
    yield stringify(
      page.map((row) => columns.map((column) => row[column])),
      options,
    );
}
