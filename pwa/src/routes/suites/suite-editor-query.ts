// What the editor of a suite reads and sends.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** The suite that is edited, and what can be chosen. */
export const suiteEditorQuery = graphql(`
  query SuiteEditor($id: ID!) {
    suite(id: $id) { id name yaml bundled versions(first: 50) { version yaml createdAt } }
    models(first: 200) { nodes { id name kind } }
    tasks(first: 200) { nodes { id name } }
  }
`);

/** The configuration of a run that becomes a suite. */
export const suiteOfRunQuery = graphql(`
  query SuiteOfRun($id: ID!) { run(id: $id) { id config } }
`);

/** What the editor works with. */
export type SuiteEditorData = ResultOf<typeof suiteEditorQuery>;
