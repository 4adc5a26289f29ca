// The rows of a statement by the page: the database holds the rest until it is asked for.
import type { Pool } from 'pg';
import Cursor, { type CursorQueryConfig } from 'pg-cursor';

const pageSize = 250;

/** Pages of rows. Leaving the iteration closes the cursor and gives the connection back. */
export async function* cursorRows<Row>(
  pool: Pool,
  text: string,
  values: readonly unknown[],
  options: CursorQueryConfig = {},
): AsyncGenerator<Row[]> {
  const client = await pool.connect();
  const cursor = client.query(new Cursor<Row>(text, [...values], options));
  // One page ahead: the database works while the page before is written.
  let next = cursor.read(pageSize);
  try {
    for (let page = await next; page.length > 0; page = await next) {
      next = cursor.read(pageSize);
      yield page;
    }
  } finally {
    await next.catch(() => undefined);
    await cursor.close();
    client.release();
  }
}
