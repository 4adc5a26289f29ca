// Whether live data flows: one small observable that the shell's pill and the buttons read.

/** `live`: the socket is open; `closed`: it is not, which is normal while nothing is watched; `offline`: no network. */
export type ConnectionState = 'closed' | 'live' | 'reconnecting' | 'offline';

type Listener = (state: ConnectionState) => void;

const listeners = new Set<Listener>();
let state: ConnectionState = globalThis.navigator?.onLine === false ? 'offline' : 'closed';

function tell(wanted: ConnectionState): void {
  const next = globalThis.navigator?.onLine === false ? 'offline' : wanted;
  // A socket that closes while a stream tries again is no news.
  if (next === state || (next === 'closed' && state === 'reconnecting')) return;
  state = next;
  for (const listener of listeners) listener(state);
}

/** Tells and asks how the connection is. */
export const connection = {
  tell,
  current: (): ConnectionState => state,
  /** Calls back on every change; returns how to stop. */
  watch(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

if (typeof window !== 'undefined') {
  window.addEventListener('offline', () => tell('offline'));
  window.addEventListener('online', () => {
    if (state === 'offline') tell('closed');
  });
}
