// How many runs of one user may wait or run at a time, as somebody who asks for one more is told.
import { type Prisma, runsAtLimit } from '@bancada/prisma';
import { ConflictError } from './schema/error.ts';

/**
 * Makes sure, until the end of the transaction, that a user has fewer active runs than allowed; `limit` undefined allows any number.
 * @throws ConflictError naming the limit and how many there are.
 */
export async function requireRoom(
  transaction: Prisma.TransactionClient,
  userId: string,
  limit: number | undefined,
): Promise<void> {
  const active = await runsAtLimit(transaction, userId, limit);
  if (active === undefined) return;
  throw new ConflictError(
    `you have ${active} runs that wait or run, and ${limit} are allowed at a time (BANCADA_RUNS_PER_USER): wait for one to end, or cancel one`,
  );
}
