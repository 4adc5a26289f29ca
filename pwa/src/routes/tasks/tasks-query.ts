// What the pages of tasks read.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** A page of the list. */
export const tasksQuery = graphql(`
  query Tasks($search: String, $after: String) {
    tasks(search: $search, first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id name outputType dataset metrics retrieves version bundled }
    }
  }
`);

/** One task with its versions, newest first. */
export const taskQuery = graphql(`
  query Task($id: ID!) {
    task(id: $id) {
      id name outputType dataset metrics retrieves version bundled yaml
      versions(first: 50) { version yaml createdAt }
    }
  }
`);

/** A task as its page has it. */
export type TaskData = NonNullable<ResultOf<typeof taskQuery>['task']>;
