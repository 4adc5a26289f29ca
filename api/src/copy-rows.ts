// The rows of a query as CSV written by Postgres itself (COPY), with the line ends of RFC 4180.
import type { Pool } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;

// Rows come as an index gives them: at once, and with nothing sorted or hashed on disk, however many they are.
const inIndexOrder =
  'begin read only; set local enable_sort = off; set local enable_hashjoin = off; set local max_parallel_workers_per_gather = 0';

/**
 * Pieces of many rows each, as fast as they are taken: what is not taken stays in the database. Leaving the iteration
 * ends the statement. `delimiter` is one byte; `query` can have no parameters.
 */
export async function* copyRows(pool: Pool, query: string, delimiter: string): AsyncGenerator<Uint8Array> {
  const client = await pool.connect();
  let ended = false;
  try {
    await client.query(inIndexOrder);
    const separator = client.escapeLiteral(delimiter);
    const rows = client.query(copyTo(`copy (${query}) to stdout with (format csv, delimiter ${separator})`));
    yield* windowsLines(rows);
    await client.query('commit');
    ended = true;
  } finally {
    // A connection in the middle of a copy is of no use to anybody.
    client.release(!ended);
  }
}

/** The same bytes with CR LF where a row ends; line feeds inside quotes stay. Pieces may be cut anywhere. */
async function* windowsLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let quoted = false;
  for await (const piece of pieces) {
    const written = Buffer.allocUnsafe(piece.length * 2);
    let size = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at] as number;
      // A quote within quotes is written twice, which changes nothing.
      if (byte === quote) quoted = !quoted;
      else if (byte === lineFeed && !quoted) written[size++] = carriageReturn;
      written[size++] = byte;
    }
    yield written.subarray(0, size);
  }
}
