// Moving through the list by keys: the run in focus is the current one.
import { $, type QRL } from '@builder.io/qwik';
import { useShortcuts } from '../../shell/shortcut.ts';

/** `j` and `k` move, `x` ticks the run in focus, `c` compares, Escape clears. */
export function useRunKeys(actions: {
  readonly toggle$: QRL<(id: string) => unknown>;
  readonly compare$: QRL<() => unknown>;
  readonly clear$: QRL<() => unknown>;
}): void {
  const { toggle$, compare$, clear$ } = actions;
  useShortcuts(
    $((key: string) => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-run]')];
      const current = rows.findIndex((row) => row.contains(document.activeElement));
      if (key === 'j' || key === 'k') {
        const next = key === 'j' ? current + 1 : Math.max(0, current - 1);
        rows[next]?.querySelector('a')?.focus();
      }
      const id = rows[current]?.dataset.run;
      if (key === 'x' && id !== undefined) return toggle$(id);
      if (key === 'c') return compare$();
      return key === 'Escape' ? clear$() : undefined;
    }),
  );
}
