// What the draft will cost, asked again whenever it has rested for a moment.
import { type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { client } from '../../graphql/client.ts';
import { draftInput, type RunDraft } from './draft.ts';
import type { Issue } from './issue-place.ts';
import { estimateQuery, type RunEstimate } from './new-run-query.ts';

/** `incomplete`: something that every run needs is missing; `unknown`: the server could not be asked. */
export type EstimateState =
  | { readonly status: 'incomplete' | 'asking' | 'unknown' }
  | { readonly status: 'known'; readonly estimate: RunEstimate }
  | { readonly status: 'refused'; readonly message: string; readonly issues: readonly Issue[] };

/** Milliseconds without a change before the server is asked. */
const rest = 400;

/** Follows the draft. */
export function useEstimate(draft: RunDraft): Readonly<Signal<EstimateState>> {
  const state = useSignal<EstimateState>({ status: 'incomplete' });
  useVisibleTask$(
    ({ track, cleanup }) => {
      const asked = track(() => JSON.stringify(draftInput(draft) ?? null));
      const input = JSON.parse(asked) as ReturnType<typeof draftInput> | null;
      if (input === null || input === undefined) {
        state.value = { status: 'incomplete' };
        return;
      }
      let current = true;
      const timer = setTimeout(async () => {
        state.value = { status: 'asking' };
        const answer = await ask(input);
        if (current) state.value = answer;
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

async function ask(input: NonNullable<ReturnType<typeof draftInput>>): Promise<EstimateState> {
  const { data } = await client
    .query(estimateQuery, { input }, { requestPolicy: 'network-only' })
    .toPromise();
  const result = data?.estimateRun;
  if (result === undefined) return { status: 'unknown' };
  if (result.__typename === 'QueryEstimateRunSuccess') return { status: 'known', estimate: result.data };
  const issues = result.__typename === 'ValidationError' ? result.issues : [];
  return { status: 'refused', message: result.message, issues };
}
