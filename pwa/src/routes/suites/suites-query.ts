// What the pages of suites read.
import { graphql } from '../../graphql/graphql.ts';
import { scoreFields } from '../../run/score-fields.ts';

/** A page of the list. */
export const suitesQuery = graphql(`
  query Suites($search: String, $after: String) {
    suites(search: $search, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        description
        version
        bundled
        models
        tasks
        runs(first: 1) {
          id
          status
          createdAt
        }
      }
    }
  }
`);

/** One suite with its past runs, newest first. */
export const suiteQuery = graphql(
  `
    query Suite($id: ID!) {
      suite(id: $id) {
        id
        name
        description
        yaml
        version
        bundled
        models
        tasks
        versions(first: 50) {
          version
          yaml
          createdAt
        }
        runs(first: 20) {
          id
          name
          status
          createdAt
          progress {
            done
            total
          }
          metrics { evaluationId ...ScoreFields }
        }
      }
    }
  `,
  [scoreFields],
);
