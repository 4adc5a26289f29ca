// Work that does not end by itself is left behind after its grace.
import { expect, it } from 'vitest';
import { untilAborted } from './abort.ts';

const never = new Promise<never>(() => undefined);

it('gives the result of work that ends, also within its grace', async () => {
  const abort = new AbortController();
  expect(await untilAborted(Promise.resolve(1), abort.signal, 0)).toBe(1);
  abort.abort();
  const soon = new Promise<number>((resolve) => setTimeout(() => resolve(2), 5));
  expect(await untilAborted(soon, abort.signal, 1000)).toBe(2);
});

it('gives up on work that goes on', async () => {
  const abort = new AbortController();
  const waiting = untilAborted(never, abort.signal, 10);
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(untilAborted(never, abort.signal, 0)).rejects.toMatchObject({ code: 'ABORTED' });
});
