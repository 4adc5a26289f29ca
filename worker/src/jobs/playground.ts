// Job playground: answers somebody who tries a prompt, and stops when they have left.
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError } from '@bancada/core';
import { type JobPayloads, type PlaygroundRequest, query } from '@bancada/prisma';
import type { WorkerContext } from '../context.ts';
import { PieceWriter } from '../playground/piece-writer.ts';
import { answerSamples } from '../playground/playground-answers.ts';

// Nobody looks on for longer.
const longestMs = 300_000;

/** See {@link JobPayloads}. Faults of the request are told to whoever looks. */
export async function playgroundJob(
  { playgroundId }: JobPayloads['playground'],
  context: WorkerContext,
): Promise<void> {
  const { pool, playgrounds } = context;
  const [row] = await query<{ request: PlaygroundRequest }>(
    pool,
    'select request from "Playground" where id = $1::uuid',
    [playgroundId],
  );
  if (row === undefined) return;
  const left = new AbortController();
  playgrounds.set(playgroundId, left);
  const ended = AbortSignal.any([left.signal, AbortSignal.timeout(longestMs)]);
  const writer = await PieceWriter.open(pool, playgroundId, () => left.abort());
  try {
    const answering = answerSamples(row.request, context, ended, (piece) => writer.write(piece));
    // What cannot be stopped at once (weights that are being loaded) ends by itself.
    answering.catch(() => undefined);
    await Promise.race([answering, aborted(ended)]);
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    writer.write({ type: 'failed', index: undefined, message: thrown.message });
  } finally {
    playgrounds.delete(playgroundId);
    if (!left.signal.aborted) writer.write({ type: 'done' });
    await writer.close();
  }
}

const graceMs = 500;

async function aborted(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await sleep(graceMs);
}
