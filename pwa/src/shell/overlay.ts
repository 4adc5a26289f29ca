// What lies over every page on request: the palette of commands and the list of keys. Their code comes when first asked for.
import {
  $,
  type FunctionComponent,
  type NoSerialize,
  noSerialize,
  type QRL,
  type Signal,
  useSignal,
  useVisibleTask$,
} from '@builder.io/qwik';
import { navigate } from '../routing/navigate.ts';
import { useShortcuts } from './shortcut.ts';

/** Every overlay closes by its own means and then calls `onClose$`. */
export interface OverlayProps {
  readonly onClose$: QRL<() => unknown>;
}

/** What is open, if anything. */
export type Overlay = NoSerialize<{ Content: FunctionComponent<OverlayProps> }>;

/** Places behind `g`. */
const jumps: Readonly<Record<string, string>> = {
  h: '/',
  r: '/runs',
  n: '/new',
  c: '/compare',
  s: '/suites',
  m: '/models',
  d: '/datasets',
};

/** Milliseconds in which the second key of a jump must follow. */
const jumpWithin = 1_500;

/** Listens to Ctrl/Cmd+K and to single keys: `?`, `/`, and `g` with a place. */
export function useOverlay(): {
  readonly open: Signal<Overlay>;
  readonly openPalette$: QRL<() => Promise<void>>;
} {
  const open = useSignal<Overlay>();
  const jumpUntil = useSignal(0);
  const openPalette$ = $(async () => {
    open.value = noSerialize({ Content: (await import('./palette.tsx')).Palette });
  });
  useVisibleTask$(
    ({ cleanup }) => {
      // Before the browser puts the cursor into its own search bar, so without waiting for anything.
      const listener = (event: KeyboardEvent): void => {
        if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        openPalette$();
      };
      document.addEventListener('keydown', listener);
      cleanup(() => document.removeEventListener('keydown', listener));
    },
    { strategy: 'document-ready' },
  );
  useShortcuts(
    $(async (key: string) => {
      const jump = Date.now() < jumpUntil.value ? jumps[key] : undefined;
      jumpUntil.value = key === 'g' ? Date.now() + jumpWithin : 0;
      if (jump !== undefined) navigate(jump);
      else if (key === '?') open.value = noSerialize({ Content: (await import('./key-help.tsx')).KeyHelp });
      else if (key === '/') {
        const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
        if (search === null) await openPalette$();
        // After the key has been dealt with, so that it is not typed into the field.
        else setTimeout(() => search.focus());
      }
    }),
  );
  return { open, openPalette$ };
}
