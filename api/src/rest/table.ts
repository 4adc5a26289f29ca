// Rows of anything as CSV, JSON or JSON Lines, piece by piece.
import { type Options, stringify } from 'csv-stringify/sync';
import { csvOptions } from './format.ts';
import type { Exchange } from './route.ts';

/** A row by column name. */
export type TableRow = Readonly<Record<string, unknown>>;

/** The pieces of a table. CSV writes the columns as they are given, dates as ISO 8601, objects as JSON. */
export async function* tablePieces(
  format: 'csv' | 'json' | 'jsonl',
  columns: readonly string[],
  pages: AsyncIterable<readonly TableRow[]>,
  exchange: Exchange,
): AsyncGenerator<string> {
  if (format === 'csv') yield* csvPieces(columns, pages, exchange);
  else if (format === 'jsonl') {
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
