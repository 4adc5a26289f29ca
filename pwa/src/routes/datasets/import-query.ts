// What the import page reads and asks for.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { refusal } from '../../graphql/refusal.ts';

/** The newest imports. */
export const importsQuery = graphql(`
  query DatasetImports {
    datasetImports(first: 20) {
      id name repo config split revision commit status step doneBytes totalBytes error version createdAt
    }
  }
`);

/** One of them. */
export type DatasetImport = ResultOf<typeof importsQuery>['datasetImports'][number];

/** Asks for an import. */
export const importMutation = graphql(
  `
    mutation ImportDataset($input: ImportHuggingFaceDatasetInput!, $key: String) {
      importHuggingFaceDataset(input: $input, idempotencyKey: $key) {
        __typename
        ... on MutationImportDatasetSuccess { data { id } }
        ...Refusal
      }
    }
  `,
  [refusal],
);

/** Stops an import. */
export const cancelImportMutation = graphql(`
  mutation CancelDatasetImport($id: ID!) {
    cancelDatasetImport(id: $id) {
      __typename
      ... on MutationImportDatasetSuccess { data { id status } }
      ... on Error { message }
    }
  }
`);
