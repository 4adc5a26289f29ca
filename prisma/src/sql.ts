// One way to send SQL, over pg or inside a Prisma transaction.
import type { ClientBase, Pool } from 'pg';
import type { Prisma, PrismaClient } from '../generated/client.ts';

/** What can send SQL: a pool, one of its clients, Prisma's client, or the client of a Prisma transaction. */
export type Sql = Pool | ClientBase | PrismaClient | Prisma.TransactionClient;

/** Sends one statement and gives its rows. Parameters need casts in the SQL (`$1::uuid`), as Prisma sends them untyped. */
export async function query<Row>(sql: Sql, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  if ('$queryRawUnsafe' in sql) return await sql.$queryRawUnsafe<Row[]>(text, ...values);
  const { rows } = await sql.query(text, [...values]);
  return rows as Row[];
}
