// Requests to the hub: guarded addresses, the token for the hub alone, and another try where one may help.
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError, toError } from '../errors.ts';
import { guardedFetch } from '../network/guarded-connection.ts';
import type { HubOptions } from './hub-options.ts';

/** The part of `fetch` that is needed here. */
export type HubFetch = typeof globalThis.fetch;

/** How often a request is sent before it is given up. */
export const mostTries = 5;

const longestWaitMs = 60_000;

/** A fetch that tries again after 429, 5xx and a broken connection; every other answer is given as it is. */
export function openHubFetch(options: HubOptions): HubFetch {
  const { endpoint, token, network } = options;
  const hub = new URL(endpoint);
  // The operator named the hub: it needs no second consent.
  const fetch = guardedFetch({ ...network, allow: [...network.allow, hub.hostname] });
  const send: HubFetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    headers.set('user-agent', 'bancada');
    if (token !== undefined && url.origin === hub.origin) headers.set('authorization', `Bearer ${token}`);
    return fetch(url, { ...init, headers });
  };
  return (input, init) => patiently(() => send(input, init), options, init?.signal ?? undefined);
}

async function patiently(
  send: () => Promise<Response>,
  { endpoint, retryDelayMs = 500 }: HubOptions,
  signal: AbortSignal | undefined,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    let wait = retryDelayMs * 2 ** (attempt - 1);
    try {
      const response = await send();
      if (attempt === mostTries || (response.status !== 429 && response.status < 500)) return response;
      await response.body?.cancel();
      wait = retryAfterMs(response) ?? wait;
    } catch (thrown) {
      signal?.throwIfAborted();
      const refused = refusal(thrown);
      if (refused !== undefined) throw refused;
      if (attempt === mostTries) throw unreachable(endpoint, thrown);
    }
    await sleep(Math.min(wait, longestWaitMs), undefined, { signal });
  }
}

/** What the guard said, when it refused an address. */
function refusal(thrown: unknown): BancadaError | undefined {
  const { cause } = toError(thrown);
  return cause instanceof BancadaError ? cause : undefined;
}

/** The hub did not answer at all: an answer from the cache will do. */
export class HubUnreachable extends BancadaError {}

function unreachable(endpoint: string, thrown: unknown): HubUnreachable {
  const { cause, message } = toError(thrown);
  const reason = cause === undefined ? message : toError(cause).message;
  return new HubUnreachable('ENDPOINT_FAILED', `cannot be reached: ${reason}`, {
    key: 'HF_ENDPOINT',
    value: endpoint,
    hint: 'What was downloaded before is still at hand under its commit',
    cause: thrown,
  });
}

function retryAfterMs(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
