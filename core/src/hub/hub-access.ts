// What every request to the hub works with.
import type { HubCache } from './hub-cache.ts';
import type { HubFetch } from './hub-fetch.ts';

/** An opened hub, inside. */
export interface HubAccess {
  readonly endpoint: string;
  readonly fetch: HubFetch;
  readonly cache: HubCache;
}

/** The access's fetch under a signal, for the hub's library, which knows no signals. */
export function fetchUnder({ fetch }: HubAccess, signal: AbortSignal | undefined): HubFetch {
  return (input, init) => fetch(input, signal === undefined ? init : { ...init, signal });
}
