// What the page of a new task reads and saves.
import { graphql } from '../../graphql/graphql.ts';
import { refusal } from '../../graphql/refusal.ts';

/** The task file for what is picked. */
export const datasetTaskQuery = graphql(
  `
    query DatasetTask($input: DatasetTaskInput!) {
      datasetTask(input: $input) {
        __typename
        ... on QueryDatasetTaskSuccess { data }
        ...Refusal
      }
    }
  `,
  [refusal],
);
