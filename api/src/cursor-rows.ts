// The rows of a statement by the page: the database holds the rest until it is asked for.
import type { Pool } from 'pg';
import Cursor, { type CursorQueryConfig } from 'pg-cursor';

const pageSize = 1_000;

/** Pages of rows. Leaving the iteration closes the cursor and gives the connection back. */
export async function* cursorRows<Row>(
  pool: Pool,
  text: string,
  values: readonly unknown[],
  options: CursorQueryConfig = {},
): AsyncGenerator<Row[]> {
  const client = await pool.connect();
  const cursor = client.query(new Cursor<Row>(text, [...values], options));
  try {
    for (let page = await cursor.read(pageSize); page.length > 0; page = await cursor.read(pageSize))
      yield page;
  } finally {
    await cursor.close();
    client.release();
  }
}
