// How many runs of one user may wait or run at a time: whoever or whatever starts them.
import { query, type Sql } from './sql.ts';

/**
 * The number of the user's active runs when that is as many as allowed, else undefined; `limit` undefined allows any number.
 * Holds until the end of the transaction: two runs of one user are counted one after the other.
 */
export async function runsAtLimit(
  sql: Sql,
  userId: string,
  limit: number | undefined,
): Promise<number | undefined> {
  if (limit === undefined) return undefined;
  await query(sql, 'select 1 from "User" where id = $1::uuid for update', [userId]);
  const [row] = await query<{ active: number }>(
    sql,
    `select count(*)::int as active from "Run" where "createdById" = $1::uuid and status in ('QUEUED', 'RUNNING', 'PAUSED')`,
    [userId],
  );
  const active = row?.active ?? 0;
  return active < limit ? undefined : active;
}
