// Whether the window is wide enough for what is shown beside something else, or as a table.
import { type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';

/** Pixels from which a table is shown where a phone gets cards. */
export const roomForTable = 900;

/** True from so many pixels on, a desktop's 1024 when nothing is said; follows the window. */
export function useWide(from = 1024): Readonly<Signal<boolean>> {
  const query = `(min-width: ${from}px)`;
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
