// Opens a playground for one subscriber: a row, a job for a worker, and the stream of what the worker tells.
import {
  enqueue,
  leavePlayground,
  type NumberedPiece,
  type PlaygroundRequest,
  readPieces,
} from '@bancada/prisma';
import type { Services } from './context.ts';

// Before everything else that waits.
const priority = -100;

/** The pieces as they come; leaving the iteration stops the worker. */
export async function openPlayground(
  { prisma, pool, hub }: Services,
  request: PlaygroundRequest,
): Promise<AsyncGenerator<NumberedPiece>> {
  const id = await prisma.$transaction(async (transaction) => {
    const row = await transaction.playground.create({ data: { request: request as object } });
    await enqueue(transaction, 'playground', { playgroundId: row.id }, { priority, maxAttempts: 3 });
    return row.id;
  });
  const pieces = hub.follow(`playground:${id}`, 0, (after, limit) => readPieces(pool, id, after, limit));
  let left: Promise<void> | undefined;
  const leave = () => {
    left ??= leavePlayground(pool, id);
    return left;
  };
  const told = tell(pieces, leave);
  return Object.assign(told, {
    // The generator may be waiting for the next piece: it is woken first.
    return: async (value: unknown) => {
      await leave();
      await pieces.return(undefined);
      return Object.getPrototypeOf(told).return.call(told, value);
    },
  });
}

async function* tell(
  pieces: AsyncGenerator<NumberedPiece>,
  leave: () => Promise<void>,
): AsyncGenerator<NumberedPiece> {
  try {
    for await (const numbered of pieces) {
      yield numbered;
      if (numbered.piece.type === 'done') return;
    }
  } finally {
    await leave();
  }
}
