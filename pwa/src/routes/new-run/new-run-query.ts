// What the page of a new run reads and sends.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { refusal } from '../../graphql/refusal.ts';

/** Everything that can be chosen. */
export const choicesQuery = graphql(`
  query NewRunChoices {
    suites(first: 200) {
      nodes {
        id
        name
        description
        yaml
        models
        tasks
      }
    }
    models(first: 200) {
      nodes {
        id
        name
        kind
        provider
        description
        parameters
        variants
        fault
      }
    }
    tasks(first: 200) {
      nodes {
        id
        name
        outputType
        retrieves
        metrics
      }
    }
    catalog {
      corpora {
        name
        description
      }
      chunkers {
        name
        description
      }
      retrievers {
        name
        description
      }
    }
  }
`);

/** The configuration of a run that is to be repeated. */
export const repeatedRunQuery = graphql(`
  query RepeatedRun($id: ID!) {
    run(id: $id) {
      id
      name
      config
      limit
    }
  }
`);

/** What a run will cost, or what is wrong with it. */
export const estimateQuery = graphql(
  `
    query EstimateRun($input: RunInput!) {
      estimateRun(input: $input) {
        __typename
        ... on QueryEstimateRunSuccess {
          data {
            evaluations
            samples
            requests
            promptTokens
            outputTokens
            seconds
            models
            tasks
            detectableDifference
            warnings
          }
        }
        ...Refusal
      }
    }
  `,
  [refusal],
);

/** Starts a run. */
export const createRunMutation = graphql(
  `
    mutation CreateRun($input: RunInput!, $idempotencyKey: String) {
      createRun(input: $input, idempotencyKey: $idempotencyKey) {
        __typename
        ... on MutationCreateRunSuccess {
          data {
            id
          }
        }
        ...Refusal
      }
    }
  `,
  [refusal],
);

/** What can be chosen, as the page has it. */
export type Choices = ResultOf<typeof choicesQuery>;

/** What a run will cost. */
export type RunEstimate = Extract<
  ResultOf<typeof estimateQuery>['estimateRun'],
  { __typename: 'QueryEstimateRunSuccess' }
>['data'];
