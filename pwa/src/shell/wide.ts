// Whether the window is as wide as a desktop's.
import { type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';

const query = '(min-width: 1024px)';

/** True from 1024 pixels on; follows the window. */
export function useWide(): Readonly<Signal<boolean>> {
  const wide = useSignal(matchMedia(query).matches);
  useVisibleTask$(
    ({ cleanup }) => {
      const media = matchMedia(query);
      const follow = () => {
        wide.value = media.matches;
      };
      media.addEventListener('change', follow);
      cleanup(() => media.removeEventListener('change', follow));
    },
    { strategy: 'document-ready' },
  );
  return wide;
}
