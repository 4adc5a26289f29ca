// What the inbox reads and changes.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** One page of notifications, and how many are unread. */
export const inboxQuery = graphql(`
  query Inbox($unread: Boolean, $after: String) {
    viewer {
      unreadNotifications
    }
    notifications(unread: $unread, first: 30, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        kind
        subject
        detail
        parameters
        runId
        createdAt
        readAt
      }
    }
  }
`);

/** Marks some, or all. */
export const markReadMutation = graphql(`
  mutation MarkNotificationsRead($ids: [ID!]) {
    markNotificationsRead(ids: $ids)
  }
`);

/** What the reader wants to be told. */
export const preferencesQuery = graphql(`
  query NotificationPreferences {
    notificationPreferences {
      kind
      inApp
      push
    }
  }
`);

/** Switches one way of one kind. */
export const setPreferenceMutation = graphql(`
  mutation SetNotificationPreference($kind: NotificationKind!, $inApp: Boolean, $push: Boolean) {
    setNotificationPreference(kind: $kind, inApp: $inApp, push: $push) {
      kind
      inApp
      push
    }
  }
`);

/** A notification as the page has it. */
export type Notice = ResultOf<typeof inboxQuery>['notifications']['nodes'][number];
