// Keys that do something without a modifier; the reader can turn them off (WCAG 2.1.4).
import { type QRL, useVisibleTask$ } from '@builder.io/qwik';

const kept = 'bancada.shortcuts';

/** Where keys mean text, or belong to what is open. */
const typed = 'input:not([type=checkbox], [type=radio]), select, textarea, dialog';

/** Whether single keys do something in this browser. */
export function shortcutsEnabled(): boolean {
  return localStorage.getItem(kept) !== 'off';
}

/** Turns single keys on or off. */
export function enableShortcuts(enabled: boolean): void {
  localStorage.setItem(kept, enabled ? 'on' : 'off');
}

/** Calls back with each character, and with `Escape`, typed outside of fields and dialogs. */
export function useShortcuts(pressed$: QRL<(key: string) => unknown>): void {
  useVisibleTask$(
    ({ cleanup }) => {
      const listener = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): void => {
        const inField = target instanceof Element && target.closest(typed) !== null;
        if (inField || ctrlKey || metaKey || altKey || !shortcutsEnabled()) return;
        if (key.length === 1 || key === 'Escape') pressed$(key);
      };
      document.addEventListener('keydown', listener);
      cleanup(() => document.removeEventListener('keydown', listener));
    },
    { strategy: 'document-ready' },
  );
}
