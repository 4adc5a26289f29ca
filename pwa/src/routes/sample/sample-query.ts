// What the page of one sample reads.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** A sample with everything that is known of it, and its neighbours in the run. */
export const sampleQuery = graphql(`
  query Sample($runId: ID!, $id: ID!) {
    run(id: $runId) {
      id
      name
      status
    }
    node(id: $id) {
      __typename
      id
      ... on Sample {
        evaluationId
        task
        model
        variant
        item
        repeat
        itemId
        outcome
        failureReason
        failureMessage
        input
        target
        prediction
        output
        scores {
          metric
          filter
          value
          weight
        }
        goldRetrieved
        retrieved {
          id
          documentId
          rank
          score
          text
          gold
        }
        requests {
          text
          loglikelihood
          isGreedy
          finish
          promptTokens
          outputTokens
          ttftMs
          e2eMs
          interTokenMs
          attempts
        }
        promptTokens
        outputTokens
        droppedTokens
        queueMs
        ttftMs
        e2eMs
        interTokenMs
        startedAt
        next {
          id
        }
        nextFailing: next(failing: true) {
          id
        }
        previous {
          id
        }
      }
    }
  }
`);

/** The samples beside the one shown. */
export const neighboursQuery = graphql(`
  query SampleNeighbours($runId: ID!, $filter: SampleFilter, $first: Int) {
    run(id: $runId) {
      id
      samples(filter: $filter, first: $first) {
        totalCount
        nodes {
          id
          item
          itemId
          repeat
          outcome
          prediction
        }
      }
    }
  }
`);

/** A sample as its page has it. */
export type SampleDetail = Extract<
  NonNullable<ResultOf<typeof sampleQuery>['node']>,
  { __typename: 'Sample' }
>;

/** One request of a sample. */
export type SampleRequest = SampleDetail['requests'][number];
