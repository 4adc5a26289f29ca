// A text of YAML that is being written: kept on every change, and what the server says of it.
import { type QRL, type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { client } from '../graphql/client.ts';
import type { TextFault } from './code-editor.tsx';
import { forgetKept, keep, readKept } from './kept-draft.ts';
import { textFault } from './text-fault.ts';
import { checkQueries, type TextKind } from './text-operations.ts';

/** Milliseconds without a change before the text is kept and checked. */
const rest = 350;

/** Faults keep it from being saved, warnings from being run. */
export interface TextCheck {
  readonly faults: readonly TextFault[];
  readonly warnings: readonly TextFault[];
}

/** Where the draft of a text is kept. */
export function draftKey(kind: TextKind, id: string | undefined): string {
  return `${kind}/${id ?? 'new'}`;
}

/** The text: what `begin$` gives, else what was kept, else what is saved. */
export function useYamlText(
  key: string,
  saved: Readonly<Signal<string>>,
  begin$?: QRL<() => Promise<string | undefined>>,
): Signal<string> {
  const text = useSignal(saved.value);
  const read = useSignal(false);
  useVisibleTask$(
    async () => {
      const first = (await begin$?.()) ?? (await readKept<string>(key));
      if (first !== undefined) text.value = first;
      read.value = true;
    },
    { strategy: 'document-ready' },
  );
  useVisibleTask$(
    ({ track, cleanup }) => {
      const written = track(() => text.value);
      const kept = track(() => saved.value);
      if (!track(() => read.value)) return;
      const timer = setTimeout(() => (written === kept ? forgetKept(key) : keep(key, written)), rest);
      cleanup(() => clearTimeout(timer));
    },
    { strategy: 'document-ready' },
  );
  return text;
}

/** Follows the text; while the server cannot be asked, what it said last stays. */
export function useTextCheck(
  kind: keyof typeof checkQueries,
  text: Readonly<Signal<string>>,
): Readonly<Signal<TextCheck>> {
  const state = useSignal<TextCheck>({ faults: [], warnings: [] });
  useVisibleTask$(
    ({ track, cleanup }) => {
      const yaml = track(() => text.value);
      let current = true;
      const timer = setTimeout(async () => {
        const { data } = await client
          .query(checkQueries[kind], { yaml }, { requestPolicy: 'network-only' })
          .toPromise();
        if (!current || data === undefined) return;
        const { issues, warnings } = data.check;
        state.value = { faults: issues.map(textFault), warnings: warnings.map(textFault) };
      }, rest);
      cleanup(() => {
        current = false;
        clearTimeout(timer);
      });
    },
    { strategy: 'document-ready' },
  );
  return state;
}
