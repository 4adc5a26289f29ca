// Keys that do something without a modifier; the reader can turn them off (WCAG 2.1.4).
import { $, type QRL, useOnDocument } from '@builder.io/qwik';

const kept = 'bancada.shortcuts';

/** Whether single keys do something in this browser. */
export function shortcutsEnabled(): boolean {
  return localStorage.getItem(kept) !== 'off';
}

/** Turns single keys on or off. */
export function enableShortcuts(enabled: boolean): void {
  localStorage.setItem(kept, enabled ? 'on' : 'off');
}

/** Calls back with each key typed outside of fields, buttons' own keys left alone. */
export function useShortcuts(pressed$: QRL<(key: string) => unknown>): void {
  useOnDocument(
    'keydown',
    $((event: Event) => {
      const { key, ctrlKey, metaKey, altKey, target } = event as KeyboardEvent;
      const typing = target instanceof Element && target.closest('input, select, textarea, dialog') !== null;
      if (typing || ctrlKey || metaKey || altKey || key.length !== 1 || !shortcutsEnabled()) return;
      pressed$(key);
    }),
  );
}
