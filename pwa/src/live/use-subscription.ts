// A subscription for a component: open while it is shown.
import { noSerialize, type QRL, type Signal, useVisibleTask$ } from '@builder.io/qwik';
import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { followWhileSeen, openSubscription } from './stream.ts';

/**
 * Calls back with what the server sends, as long as the component is shown; reconnects by itself. Changing the
 * variables opens it anew; undefined closes it.
 */
export function useSubscription<Data, Variables extends AnyVariables>(
  operation: TypedDocumentNode<Data, Variables>,
  variables: Readonly<Signal<Variables | undefined>>,
  onData: QRL<(data: Data) => void>,
): void {
  const held = noSerialize({ operation });
  useVisibleTask$(
    ({ track, cleanup }) => {
      const values = track(() => variables.value);
      if (held === undefined || values === undefined) return;
      cleanup(
        followWhileSeen<Data>({
          open: openSubscription(held.operation, () => values),
          after: () => undefined,
          next: (data) => onData(data),
        }),
      );
    },
    { strategy: 'document-ready' },
  );
}
