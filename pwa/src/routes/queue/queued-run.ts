// A run as the queue shows it.
import { graphql } from '../../graphql/graphql.ts';

/** A run of the queue. */
export const queuedRun = graphql(`
  fragment QueuedRun on Run {
    id
    name
    status
    priority
    createdAt
    schedule {
      name
    }
    progress {
      done
      total
      failed
    }
  }
`);
