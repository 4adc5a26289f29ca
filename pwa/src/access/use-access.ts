// Who is signed in, for components.
import { type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { type Access, access } from './access.ts';

/** Reading its value renders the component again when somebody else is signed in. */
export function useAccess(): Readonly<Signal<Access>> {
  const state = useSignal<Access>(access.current());
  useVisibleTask$(
    ({ cleanup }) => {
      state.value = access.current();
      cleanup(
        access.watch((next) => {
          state.value = next;
        }),
      );
    },
    { strategy: 'document-ready' },
  );
  return state;
}
