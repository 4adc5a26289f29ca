// What a Parquet file may claim of itself: a few bytes can stand for more rows and pages than any memory holds.
import type { FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** Of one page, unpacked. Writers make pages of about 1 MiB. */
const pageBytes = 256 * 1024 * 1024;
/** Of one row group, unpacked: it is held in memory whole. */
const groupBytes = 1024 * 1024 * 1024;
/** Values of one row group over all its columns. */
const groupValues = 50_000_000;
/** Rows for each byte of the file: columns with one value only need hardly any. */
const rowsPerByte = 16;
const freeRows = 1_000_000;

/** @throws Error when the footer promises more than can be read. */
export function checkClaims(metadata: FileMetaData, fileBytes: number): void {
  const rows = Number(metadata.num_rows);
  const inGroups = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (!(rows >= 0) || rows !== inGroups)
    throw new Error(`it claims ${rows} rows, its row groups ${inGroups}`);
  if (rows > Math.max(freeRows, fileBytes * rowsPerByte)) {
    throw new Error(`it claims ${rows} rows in ${fileBytes} bytes`);
  }
  for (const { columns, total_byte_size } of metadata.row_groups) {
    const parts = columns.flatMap(({ meta_data }) => meta_data ?? []);
    const values = parts.reduce((sum, part) => sum + Number(part.num_values), 0);
    const unpacked = parts.reduce((sum, part) => sum + Number(part.total_uncompressed_size), 0);
    const packed = parts.reduce((sum, part) => sum + Number(part.total_compressed_size), 0);
    if (packed > fileBytes) throw new Error('a row group is larger than the file');
    if (Math.max(unpacked, Number(total_byte_size)) > groupBytes || values > groupValues) {
      throw new Error(`a row group of ${values} values in ${unpacked} bytes is too large to hold in memory`);
    }
  }
}

/** Unpacks pages, none larger than 256 MiB: page headers can claim what the footer does not. */
export const boundedCompressors: typeof compressors = Object.fromEntries(
  Object.entries(compressors).map(([name, unpack]) => [
    name,
    (input: Uint8Array, outputLength: number) => {
      if (outputLength > pageBytes) throw new Error(`a page of ${outputLength} bytes`);
      return unpack(input, outputLength);
    },
  ]),
);
