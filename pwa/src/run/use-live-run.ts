// A run for a component: asked once, then kept current by its events.
import { type QRL, type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import type { QueryState } from '../graphql/query-state.tsx';
import { useQuery } from '../graphql/use-query.ts';
import { followWhileSeen, openSubscription } from '../live/stream.ts';
import { runEventsSubscription, runQuery } from './run-query.ts';
import { foldRunEvent, type RunState, startRunState } from './run-state.ts';

/** The run, or `missing` when there is none with this id. */
export type LiveRun = { readonly status: 'found'; readonly state: RunState } | { readonly status: 'missing' };

/** Follows one run while the component is shown; `refresh$` asks the server anew. */
export function useLiveRun(id: string): {
  readonly state: Signal<QueryState<LiveRun>>;
  readonly refresh$: QRL<() => void>;
} {
  const live = useSignal<QueryState<LiveRun>>({ status: 'loading' });
  const query = useQuery(runQuery, useSignal({ id }), { keepFor: id });
  useVisibleTask$(
    ({ track, cleanup }) => {
      const answer = track(() => query.state.value);
      if (answer.status !== 'ready') {
        live.value = answer.status === 'stale' ? { ...answer, data: found(answer.data.run) } : answer;
        return;
      }
      const start = found(answer.data.run);
      live.value = { status: 'ready', data: start };
      if (start.status === 'missing') return;
      let state = start.state;
      let frame: number | undefined;
      const show = (): void => {
        frame = undefined;
        live.value = { status: 'ready', data: { status: 'found', state } };
      };
      const stop = followWhileSeen({
        open: openSubscription(runEventsSubscription, (afterSequence) => ({ runId: id, afterSequence })),
        after: () => state.sequence,
        next: ({ runEvents }) => {
          state = foldRunEvent(state, runEvents);
          // A replay brings many events at once; the screen needs the last.
          frame ??= requestAnimationFrame(show);
        },
      });
      cleanup(() => {
        stop();
        if (frame !== undefined) cancelAnimationFrame(frame);
      });
    },
    { strategy: 'document-ready' },
  );
  return { state: live, refresh$: query.refresh$ };
}

function found(run: Parameters<typeof startRunState>[0] | null): LiveRun {
  return run === null ? { status: 'missing' } : { status: 'found', state: startRunState(run) };
}
