// Rows of anything as an Apache Parquet file, row group by row group, with memory that does not grow.
import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

/** A column of a Parquet file; every one may be null. */
export interface ParquetColumn {
  readonly name: string;
  /** `STRING` is UTF-8 text, `TIMESTAMP` milliseconds in UTC, given as a Date. */
  readonly type: Extract<BasicType, 'STRING' | 'INT32' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP'>;
}

/** A row: its cells in the order of the columns. */
export type ParquetRow = readonly unknown[];

/** How large a row group may grow before it is written. */
export interface RowGroupLimit {
  readonly rows: number;
  /** Characters of text over all its cells: long prompts make smaller groups. */
  readonly characters: number;
}

const defaultLimit: RowGroupLimit = { rows: 8_192, characters: 8 * 1024 * 1024 };

/**
 * The bytes of the file, a piece for each row group. A group is held in memory until it is full, the rows after it are not.
 * `metadata` goes into the footer as key and value.
 */
export async function* parquetPieces(
  columns: readonly ParquetColumn[],
  rows: AsyncIterable<ParquetRow>,
  metadata: Readonly<Record<string, string>> = {},
  limit: RowGroupLimit = defaultLimit,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columns.map((column) => ({ ...column, data: [] })) }),
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: 'bancada',
  });
  let group: unknown[][] = columns.map(() => []);
  let count = 0;
  let characters = 0;
  const write = async () => {
    // A page index would be kept in memory until the end of the file.
    const columnData = columns.map((column, index) => ({
      ...column,
      data: group[index] ?? [],
      offsetIndex: false,
    }));
    await writer.write({ columnData, rowGroupSize: count });
    group = columns.map(() => []);
    count = 0;
    characters = 0;
    return taken(bytes);
  };
  for await (const row of rows) {
    for (const [index, column] of group.entries()) {
      const cell = row[index] ?? null;
      column.push(cell);
      if (typeof cell === 'string') characters += cell.length;
    }
    count += 1;
    if (count >= limit.rows || characters >= limit.characters) yield await write();
  }
  if (count > 0) yield await write();
  await writer.finish();
  yield taken(bytes);
}

// What was written since the last time; the offset, from which positions in the file are told, goes on.
function taken(bytes: ByteWriter): Uint8Array {
  const piece = new Uint8Array(bytes.getBuffer());
  bytes.index = 0;
  return piece;
}
