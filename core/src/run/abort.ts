// Work that ends when it is told to, and is left behind when it does not.
import { BancadaError } from '../errors.ts';

/**
 * The work's result, unless it is still going `graceMs` after the abort.
 * @throws BancadaError ABORTED then; the work goes on by itself and what becomes of it is ignored.
 */
export async function untilAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  graceMs: number,
): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    timer = setTimeout(() => reject(new BancadaError('ABORTED', 'stopped before the end')), graceMs);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    work.catch(() => undefined);
  }
}
