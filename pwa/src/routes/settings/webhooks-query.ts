// What the settings read and change of webhooks.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { refusal } from '../../graphql/refusal.ts';

/** All webhooks with their last messages. */
export const webhooksQuery = graphql(`
  query Webhooks {
    webhooks {
      id
      url
      events
      enabled
      deliveries(first: 5) {
        id
        event
        status
        attempts
        error
        createdAt
      }
    }
  }
`);

/** Makes or changes one. */
export const saveWebhookMutation = graphql(
  `
    mutation SaveWebhook($input: WebhookInput!) {
      saveWebhook(input: $input) {
        __typename
        ...Refusal
        ... on MutationSaveWebhookSuccess {
          secret
          data {
            id
          }
        }
      }
    }
  `,
  [refusal],
);

/** Deletes one with its log. */
export const deleteWebhookMutation = graphql(`
  mutation DeleteWebhook($id: ID!) {
    deleteWebhook(id: $id) {
      __typename
      ... on Error {
        message
      }
      ... on MutationDeleteWebhookSuccess {
        data
      }
    }
  }
`);

/** Sends a test. */
export const testWebhookMutation = graphql(`
  mutation TestWebhook($id: ID!) {
    testWebhook(id: $id) {
      __typename
      ... on Error {
        message
      }
      ... on MutationTestWebhookSuccess {
        data {
          id
        }
      }
    }
  }
`);

/** A webhook as the settings have it. */
export type Webhook = ResultOf<typeof webhooksQuery>['webhooks'][number];
