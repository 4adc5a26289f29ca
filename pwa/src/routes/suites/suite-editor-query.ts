// What the editor of a suite reads and sends.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** The suite that is edited, and what can be chosen. */
export const suiteEditorQuery = graphql(`
  query SuiteEditor($id: ID!) {
    suite(id: $id) { id name yaml version bundled }
    models(first: 200) { nodes { id name kind } }
    tasks(first: 200) { nodes { id name } }
  }
`);

/** The configuration of a run that becomes a suite. */
export const suiteOfRunQuery = graphql(`
  query SuiteOfRun($id: ID!) { run(id: $id) { id config } }
`);

/** What is wrong with the text. */
export const checkSuiteQuery = graphql(`
  query CheckSuite($yaml: String!) {
    checkSuite(input: { yaml: $yaml }) {
      issues { path message line }
      warnings { path message line }
    }
  }
`);

/** Saves a new version. */
export const saveSuiteMutation = graphql(`
  mutation SaveSuite($yaml: String!) {
    saveSuite(input: { yaml: $yaml }) {
      __typename
      ... on MutationSaveSuiteSuccess { version unchanged data { id name version } }
      ... on Error { message }
      ... on ValidationError { issues { path message } }
    }
  }
`);

/** What the editor works with. */
export type SuiteEditorData = ResultOf<typeof suiteEditorQuery>;
