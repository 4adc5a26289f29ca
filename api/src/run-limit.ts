// How many runs of one user may wait or run at a time.
import type { Prisma } from '@bancada/prisma';
import { ConflictError } from './schema/error.ts';
import { activeStatuses } from './schema/run-status.ts';

/**
 * Makes sure, until the end of the transaction, that a user has fewer active runs than allowed; `limit` undefined allows any number.
 * @throws ConflictError naming the limit and how many there are.
 */
export async function requireRoom(
  transaction: Prisma.TransactionClient,
  userId: string,
  limit: number | undefined,
): Promise<void> {
  if (limit === undefined) return;
  // Two requests of one user count one after the other.
  await transaction.$queryRaw`select 1 from "User" where id = ${userId}::uuid for update`;
  const active = await transaction.run.count({
    where: { createdById: userId, status: { in: [...activeStatuses] } },
  });
  if (active < limit) return;
  throw new ConflictError(
    `you have ${active} runs that wait or run, and ${limit} are allowed at a time (BANCADA_RUNS_PER_USER): wait for one to end, or cancel one`,
  );
}
