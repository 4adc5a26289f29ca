// Waits for a condition that another process brings about.
import { setTimeout as sleep } from 'node:timers/promises';

/** @param what named in the error. @throws Error when it does not hold within the time. */
export async function until(what: string, holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const from = performance.now();
  while (!(await holds())) {
    if (performance.now() - from > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(100);
  }
}
