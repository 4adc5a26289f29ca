// Apache Parquet, one row group in memory at a time.
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { BancadaError, toError } from '../errors.ts';
import type { Row } from './dataset.ts';
import { boundedCompressors, checkClaims } from './parquet-bounds.ts';
import type { DatasetSource, ReadOptions } from './source.ts';

/** Reads all of hyparquet's encodings and codecs (Snappy, GZIP, Brotli, ZSTD, LZ4). */
export const parquet: DatasetSource = {
  description: 'Apache Parquet',
  extensions: ['.parquet'],
  read,
};

async function* read(file: string, { signal }: ReadOptions): AsyncGenerator<Row> {
  const buffer = await asyncBufferFromFile(file);
  const metadata: FileMetaData = await guarded(file, () => parquetMetadataAsync(buffer));
  await guarded(file, async () => checkClaims(metadata, buffer.byteLength));
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    signal?.throwIfAborted();
    const rowEnd = rowStart + Number(group.num_rows);
    const options = { file: buffer, metadata, compressors: boundedCompressors, rowStart, rowEnd };
    const rows = await guarded(file, () => parquetReadObjects(options));
    for (const row of rows) yield plain(row) as Row;
    rowStart = rowEnd;
  }
}

/** 64-bit integers as numbers when they fit exactly, times as ISO 8601; the rest as it is. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) {
    return value instanceof Uint8Array
      ? Buffer.from(value).toString('base64')
      : Array.from(value as unknown as ArrayLike<unknown>, plain);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

async function guarded<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new BancadaError('FILE_INVALID', `is not valid Parquet: ${toError(cause).message}`, {
      file,
      cause,
    });
  }
}
