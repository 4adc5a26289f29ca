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
  query DatasetRows($name: String!, $split: String, $version: Int, $offset: Int, $limit: Int) {
    dataset(name: $name) {
      id
      rows(split: $split, version: $version, offset: $offset, limit: $limit) {
        split
        offset
        columns
        rows
      }
    }
  }
`);

/** Bytes of an upload at most. */
export const uploadLimitQuery = graphql(`
  query UploadLimit {
    uploadLimit
  }
`);

/** The columns of a split, described. */
export const statisticsQuery = graphql(`
  query DatasetStatistics($name: String!, $split: String!, $version: Int) {
    dataset(name: $name) {
      id
      versions(version: $version) {
        id
        version
        statistics(split: $split) {
          rows
          columns {
            name
            kind
            missing
            distinct
            distinctCapped
            top { value count }
            numbers { min max mean quantiles sampled histogram { from to share } }
          }
        }
      }
    }
  }
`);

/** What would miss it. */
export const dependentsQuery = graphql(`
  query DatasetDependents($name: String!) {
    dataset(name: $name) {
      id
      dependents {
        kind
        id
        name
        active
      }
    }
  }
`);

/** Deletes it. */
export const deleteMutation = graphql(`
  mutation DeleteDataset($name: String!, $force: Boolean) {
    deleteDataset(name: $name, force: $force) {
      __typename
      ... on MutationDeleteDatasetSuccess { data }
      ... on Error { message }
    }
  }
`);
