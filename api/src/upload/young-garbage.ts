// Frees the chunks of a body soon after they were used: the engine would let them grow old and then collect the whole heap for them.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// As `node --expose-gc`, without a flag that every start of the API would have to carry.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as NodeJS.GCFunction;

/**
 * Collects young objects alone, in about a millisecond. Bytes lie outside the heap, so that a large body fills no young generation;
 * it reaches the bound of outside memory instead, every 32 MiB, and that one is answered by a collection of everything.
 */
export function collectYoungGarbage(): void {
  collect({ type: 'minor' });
}
