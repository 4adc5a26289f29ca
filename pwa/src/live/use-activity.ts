// The stream of the lists: runs that were created, changed or progressed, workers that came or went.
import { type QRL, useVisibleTask$ } from '@builder.io/qwik';
import { graphql, type ResultOf } from '../graphql/graphql.ts';
import { followWhileSeen, openSubscription } from './stream.ts';

/** A run as the lists show it. */
export const runRow = graphql(`
  fragment RunRow on Run {
    id name status createdAt startedAt finishedAt lastSequence
    progress { done total failed rate etaSeconds }
    metrics { evaluationId name filter kind task model variant value n ciLow ciHigh higherIsBetter preliminary }
    gates { passed message }
    warnings { code message }
  }
`);

const activitySubscription = graphql(
  `
    subscription Activity($afterSequence: Int) {
      activity(afterSequence: $afterSequence) {
        sequence at kind runId workerId
        run { ...RunRow }
      }
    }
  `,
  [runRow],
);

/** One thing that happened somewhere. */
export type Activity = ResultOf<typeof activitySubscription>['activity'];

/** A run of a list. */
export type RunRow = ResultOf<typeof runRow>;

/** Calls back on every activity while the component is shown; what happened during a break is replayed. */
export function useActivity(onActivity: QRL<(activity: Activity) => void>): void {
  useVisibleTask$(
    ({ cleanup }) => {
      let sequence: number | undefined;
      cleanup(
        followWhileSeen({
          open: openSubscription(activitySubscription, (afterSequence) => ({ afterSequence })),
          after: () => sequence,
          next: ({ activity }) => {
            if (sequence !== undefined && activity.sequence <= sequence) return;
            sequence = activity.sequence;
            return onActivity(activity);
          },
        }),
      );
    },
    { strategy: 'document-ready' },
  );
}
