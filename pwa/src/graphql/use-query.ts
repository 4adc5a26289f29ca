// Runs a query for a component: again when its variables change, from this device's copy when the network is gone.
import {
  $,
  type NoSerialize,
  noSerialize,
  type QRL,
  type Signal,
  useSignal,
  useVisibleTask$,
} from '@builder.io/qwik';
import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core';
import { keepSnapshot, readSnapshot } from '../offline/snapshot.ts';
import { client } from './client.ts';
import type { QueryState } from './query-state.tsx';

/** A query as a component sees it. */
export interface QueryHandle<Data> {
  /** Read `state.value` in the component; give it to `show`. */
  readonly state: Signal<QueryState<Data>>;
  /** Asks the server again. */
  readonly refresh$: QRL<() => void>;
}

/** Milliseconds between two attempts while a kept copy is shown. */
const retryEvery = 10_000;

/** How a query behaves. */
export interface QueryOptions {
  /** Keeps the result on this device under this run, to be read offline. */
  readonly keepFor?: string;
}

/**
 * Asks as soon as the component is shown, and again when `variables.value` changes; the old result stays until the
 * new one is there. Make the variables with `useComputed$`, or with `useSignal` when they are fixed.
 */
export function useQuery<Data, Variables extends AnyVariables>(
  operation: TypedDocumentNode<Data, Variables>,
  variables: Readonly<Signal<Variables>>,
  options: QueryOptions = {},
): QueryHandle<Data> {
  const state = useSignal<QueryState<Data>>({ status: 'loading' });
  const revision = useSignal(0);
  const held = noSerialize({ operation, options }) as NoSerialize<{
    operation: TypedDocumentNode<Data, Variables>;
    options: QueryOptions;
  }>;
  const refresh$ = $(() => {
    revision.value += 1;
  });
  useVisibleTask$(
    ({ track, cleanup }) => {
      const values = track(() => variables.value);
      const round = track(() => revision.value);
      if (held === undefined) return;
      const context = round > 0 ? { requestPolicy: 'network-only' as const } : {};
      const running = client.query(held.operation, values, context).subscribe(async (result) => {
        if (result.data !== undefined && result.error === undefined) {
          state.value = { status: 'ready', data: result.data };
          if (result.stale === false && held.options.keepFor !== undefined)
            await keepSnapshot(held.options.keepFor, held.operation, values, result.data);
        } else if (result.error !== undefined) {
          await settleFault(state, held.operation, values, result.error);
        }
      });
      cleanup(() => running.unsubscribe());
    },
    { strategy: 'document-ready' },
  );
  useVisibleTask$(
    ({ track, cleanup }) => {
      if (track(() => state.value.status) !== 'stale') return;
      const again = (): void => {
        if (navigator.onLine) revision.value += 1;
      };
      const timer = setInterval(again, retryEvery);
      window.addEventListener('online', again);
      cleanup(() => {
        clearInterval(timer);
        window.removeEventListener('online', again);
      });
    },
    { strategy: 'document-ready' },
  );
  return { state, refresh$ };
}

async function settleFault<Data, Variables extends AnyVariables>(
  state: Signal<QueryState<Data>>,
  operation: TypedDocumentNode<Data, Variables>,
  values: Variables,
  error: CombinedError,
): Promise<void> {
  const unreachable = error.networkError !== undefined;
  const kept = unreachable ? await readSnapshot<Data>(operation, values) : undefined;
  if (kept !== undefined) state.value = { status: 'stale', data: kept.data, at: kept.at };
  else if (state.value.status !== 'ready' || !unreachable)
    state.value = { status: 'error', message: error.message, offline: unreachable && !navigator.onLine };
}
