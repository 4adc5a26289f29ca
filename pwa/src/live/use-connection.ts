// The state of the connection for components.
import { type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { type ConnectionState, connection } from './connection.ts';

/** Reading its value renders the component again when the connection changes. */
export function useConnection(): Readonly<Signal<ConnectionState>> {
  const state = useSignal(connection.current());
  useVisibleTask$(
    ({ cleanup }) => {
      state.value = connection.current();
      cleanup(
        connection.watch((next) => {
          state.value = next;
        }),
      );
    },
    { strategy: 'document-ready' },
  );
  return state;
}
