// A suite that is being written: its text, kept on every change, and what the server says of it.
import { type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import type { TextFault } from '../../editor/code-editor.tsx';
import { forgetKept, keep, readKept } from '../../editor/kept-draft.ts';
import { textFault } from '../../editor/text-fault.ts';
import { client } from '../../graphql/client.ts';
import { setSearch } from '../../routing/navigate.ts';
import { checkSuiteQuery, suiteOfRunQuery } from './suite-editor-query.ts';

/** Milliseconds without a change before the draft is kept and checked. */
const rest = 350;

/** Faults keep it from being saved, warnings from being run. */
export interface SuiteCheck {
  readonly faults: readonly TextFault[];
  readonly warnings: readonly TextFault[];
}

/** What a new suite begins with. */
export const newSuite = 'name: my-suite\nmodels: [bancada-micro]\ntasks: [tiny-arithmetic]\n';

/** The text; `?from=<run>` begins with the configuration of a run, else what was kept, else what is saved. */
export function useSuiteDraft(id: string | undefined, saved: string): Signal<string> {
  const text = useSignal(saved);
  const read = useSignal(false);
  const key = suiteKey(id);
  useVisibleTask$(
    async () => {
      const from = new URLSearchParams(location.search).get('from');
      const kept = from === null ? await readKept<string>(key) : await configOf(from);
      if (from !== null) setSearch({ from: undefined });
      if (kept !== undefined) text.value = kept;
      read.value = true;
    },
    { strategy: 'document-ready' },
  );
  useVisibleTask$(
    ({ track, cleanup }) => {
      const written = track(() => text.value);
      if (!track(() => read.value)) return;
      const timer = setTimeout(() => (written === saved ? forgetKept(key) : keep(key, written)), rest);
      cleanup(() => clearTimeout(timer));
    },
    { strategy: 'document-ready' },
  );
  return text;
}

/** Where the draft of a suite is kept. */
export function suiteKey(id: string | undefined): string {
  return `suite/${id ?? 'new'}`;
}

async function configOf(run: string): Promise<string | undefined> {
  const { data } = await client.query(suiteOfRunQuery, { id: run }).toPromise();
  return data?.run?.config;
}

/** Follows the text; while the server cannot be asked, what it said last stays. */
export function useSuiteCheck(text: Readonly<Signal<string>>): Readonly<Signal<SuiteCheck>> {
  const state = useSignal<SuiteCheck>({ faults: [], warnings: [] });
  useVisibleTask$(
    ({ track, cleanup }) => {
      const yaml = track(() => text.value);
      let current = true;
      const timer = setTimeout(async () => {
        const { data } = await client
          .query(checkSuiteQuery, { yaml }, { requestPolicy: 'network-only' })
          .toPromise();
        if (!current || data === undefined) return;
        const { issues, warnings } = data.checkSuite;
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
