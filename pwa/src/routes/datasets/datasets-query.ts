// What the pages of data sets read.
import { graphql } from '../../graphql/graphql.ts';

/** A page of the list. */
export const datasetsQuery = graphql(`
  query Datasets($search: String, $after: String) {
    datasets(search: $search, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        description
        licence
        source
        bundled
        versions {
          id
          version
          createdAt
          splits {
            name
            rows
          }
        }
      }
    }
  }
`);

/** One data set, without its rows. */
export const datasetQuery = graphql(`
  query Dataset($name: String!) {
    dataset(name: $name) {
      id
      name
      description
      licence
      source
      bundled
      versions {
        id
        version
        sha256
        createdAt
        splits {
          name
          rows
          sha256
          columns
        }
      }
    }
  }
`);

/** A page of the rows of a split. */
export const rowsQuery = graphql(`
  query DatasetRows($name: String!, $split: String, $offset: Int, $limit: Int) {
    dataset(name: $name) {
      id
      rows(split: $split, offset: $offset, limit: $limit) {
        split
        offset
        columns
        rows
      }
    }
  }
`);
