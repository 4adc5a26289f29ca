// What the pages of models read and send.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { refusal } from '../../graphql/refusal.ts';

/** A model with what its card shows. */
export const modelFields = graphql(`
  fragment ModelFields on Model {
    id
    name
    kind
    provider
    description
    variants
    parameters
    contextLength
    licence
    directory
    bundled
    fault
    source
    options
    metadata {
      architecture
      quantisation
      layers
      tokenizer
      vocabulary
      chatTemplate
      bytes
    }
    download {
      state
      bytes
      totalBytes
      file
      message
    }
    endpoint {
      id
      provider
      baseUrl
      model
      hasKey
      listed
      latencyMs
      fault
      checkedAt
      checks {
        capability
        works
        reason
      }
    }
  }
`);

/** The list. */
export const modelsQuery = graphql(
  `
    query Models($search: String, $after: String) {
      models(search: $search, first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...ModelFields
        }
      }
    }
  `,
  [modelFields],
);

/** One of them, with what depends on it. */
export const modelQuery = graphql(
  `
    query ModelById($id: ID!) {
      node(id: $id) {
        __typename
        ... on Model {
          ...ModelFields
          dependents {
            kind
            id
            name
          }
        }
      }
    }
  `,
  [modelFields],
);

const modelChange = graphql(
  `
    fragment ModelChange on ModelChangeResult {
      __typename
      ... on MutationModelChangeSuccess { data { id } }
      ...Refusal
    }
  `,
  [refusal],
);

/** Registers one. */
export const registerMutation = graphql(
  `
    mutation RegisterModel($input: RegisterModelInput!, $idempotencyKey: String) {
      registerModel(input: $input, idempotencyKey: $idempotencyKey) { ...ModelChange }
    }
  `,
  [modelChange],
);

/** Changes one. */
export const updateMutation = graphql(
  `mutation UpdateModel($id: ID!, $input: UpdateModelInput!) { updateModel(id: $id, input: $input) { ...ModelChange } }`,
  [modelChange],
);

/** Deletes one. */
export const deleteMutation = graphql(`
  mutation DeleteModel($id: ID!, $force: Boolean) {
    deleteModel(id: $id, force: $force) {
      __typename
      ... on MutationDeleteModelSuccess {
        data
      }
      ... on Error {
        message
      }
    }
  }
`);

/** Fetches again what failed. */
export const retryMutation = graphql(
  `mutation RetryModelDownload($id: ID!) { retryModelDownload(id: $id) { ...ModelChange } }`,
  [modelChange],
);

/** A probe as it goes on. */
export const probeSubscription = graphql(`
  subscription EndpointProbe($input: ProbeEndpointInput!) {
    endpointProbe(input: $input) {
      models
      check {
        capability
        works
        reason
      }
      found {
        model
        models
        contextLength
        latencyMs
        checks {
          capability
          works
          reason
        }
      }
      fault
    }
  }
`);

/** A model as the pages show it. */
export type ModelRow = ResultOf<typeof modelFields>;

/** One thing that an endpoint was asked for. */
export type Check = NonNullable<ModelRow['endpoint']>['checks'][number];
