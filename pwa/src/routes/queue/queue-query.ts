// What the page of the queue reads.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { queuedRun } from './queued-run.ts';

/** The runs in their order; jobs of one state (all without one), and how many of each state there are. */
export const queueQuery = graphql(
  `
  query Queue($state: JobState, $after: String) {
    runQueue {
      ...QueuedRun
    }
    jobs(state: $state, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        task
        queue
        state
        attempts
        maxAttempts
        runId
        lastError
        runAt
        createdAt
        lockedAt
      }
    }
    running: jobs(state: RUNNING, first: 1) {
      totalCount
    }
    waiting: jobs(state: WAITING, first: 1) {
      totalCount
    }
    failed: jobs(state: FAILED, first: 1) {
      totalCount
    }
    workers {
      id
      node
      labels
      version
      pid
      alive
      heartbeatAt
    }
  }
`,
  [queuedRun],
);

/** A job as the page has it. */
export type Job = ResultOf<typeof queueQuery>['jobs']['nodes'][number];

/** A worker as the page has it. */
export type QueueWorker = ResultOf<typeof queueQuery>['workers'][number];
