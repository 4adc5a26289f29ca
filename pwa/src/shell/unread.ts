// How many notices are unread, kept true by the stream of the lists: for the badge of the navigation.
import {
  createContextId,
  type Signal,
  useContext,
  useContextProvider,
  useSignal,
  useVisibleTask$,
} from '@builder.io/qwik';
import { client } from '../graphql/client.ts';
import { graphql } from '../graphql/graphql.ts';
import { followWhileSeen, openSubscription } from '../live/stream.ts';

const UnreadContext = createContextId<Signal<number>>('bancada.unread');

const unreadQuery = graphql(`query Unread { viewer { unreadNotifications } }`);

// Without the runs, which the screens ask for themselves.
const noticeActivity = graphql(`
  subscription NoticeActivity($afterSequence: Int) {
    activity(afterSequence: $afterSequence) { sequence kind }
  }
`);

/** Milliseconds in which several notices are counted once. */
const rest = 200;

/** Made once by the shell; 0 until it is known. */
export function useProvidedUnread(): void {
  useContextProvider(UnreadContext, useSignal(0));
}

/** How many are unread. */
export function useUnread(): Readonly<Signal<number>> {
  return useContext(UnreadContext);
}

/** Counts while the component is shown: the navigation, which whoever has not signed in does not see. */
export function useCountedUnread(): Readonly<Signal<number>> {
  const unread = useContext(UnreadContext);
  useVisibleTask$(
    ({ cleanup }) => {
      let sequence: number | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const count = async (): Promise<void> => {
        const { data, error } = await client
          .query(unreadQuery, {}, { requestPolicy: 'network-only' })
          .toPromise();
        // Whoever is not signed in gets an error, beside data that is null.
        if (error === undefined && data !== undefined) unread.value = data.viewer.unreadNotifications;
      };
      const stop = followWhileSeen({
        open: openSubscription(noticeActivity, (afterSequence) => ({ afterSequence })),
        after: () => sequence,
        next: ({ activity }) => {
          sequence = activity.sequence;
          if (!activity.kind.startsWith('notification.')) return;
          clearTimeout(timer);
          timer = setTimeout(count, rest);
        },
      });
      timer = setTimeout(count, 0);
      cleanup(() => {
        clearTimeout(timer);
        stop();
      });
    },
    { strategy: 'document-idle' },
  );
  return unread;
}
