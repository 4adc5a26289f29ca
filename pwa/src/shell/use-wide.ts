// Whether there is room for a table where a phone gets cards.
import { type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';

const query = '(min-width: 900px)';

/** True from 900 pixels on. */
export function useWide(): Readonly<Signal<boolean>> {
  const wide = useSignal(matchMedia(query).matches);
  useVisibleTask$(
    ({ cleanup }) => {
      const list = matchMedia(query);
      const update = (): void => {
        wide.value = list.matches;
      };
      list.addEventListener('change', update);
      cleanup(() => list.removeEventListener('change', update));
    },
    { strategy: 'document-ready' },
  );
  return wide;
}
