// A stretch of a data set's rows, read from its files.
import { BancadaError, openDataset, type Row } from '@bancada/core';

/** Rows from `offset` on, and the columns that they have. */
export interface DatasetRows {
  readonly split: string;
  readonly offset: number;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** What came of the reading: rows, or what is wrong with the request or the files. */
export type DatasetReading =
  | { readonly status: 'read'; readonly rows: DatasetRows }
  | { readonly status: 'refused'; readonly message: string };

/** Streams to the wanted stretch and stops there. */
export async function datasetRows(
  homes: readonly string[],
  name: string,
  {
    split,
    offset,
    limit,
  }: { readonly split?: string | undefined; readonly offset: number; readonly limit: number },
): Promise<DatasetReading> {
  try {
    const dataset = await openDataset(name, homes);
    const chosen = split ?? dataset.splits[0]?.name ?? '';
    const rows: Row[] = [];
    let position = 0;
    for await (const row of dataset.rows(chosen)) {
      if (position >= offset) rows.push(row);
      position += 1;
      if (rows.length === limit) break;
    }
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return { status: 'read', rows: { split: chosen, offset, columns, rows } };
  } catch (thrown) {
    if (thrown instanceof BancadaError) return { status: 'refused', message: thrown.message };
    throw thrown;
  }
}
