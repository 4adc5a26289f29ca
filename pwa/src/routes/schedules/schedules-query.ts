// What the page of schedules reads and changes.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { refusal } from '../../graphql/refusal.ts';

/** The schedules, and the suites that one can be made of. */
export const schedulesQuery = graphql(`
  query Schedules($search: String, $after: String) {
    schedules(search: $search, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        cron
        timeZone
        enabled
        missedTimes
        limit
        priority
        nextAt
        nextTimes(first: 5)
        suite {
          id
          name
        }
        lastTimes(first: 3) {
          dueAt
          outcome
          missed
          runId
        }
        runs(first: 3) {
          id
          status
          createdAt
        }
      }
    }
    suites(first: 200) {
      nodes {
        id
        name
      }
    }
  }
`);

/** When an expression comes next, while it is being written. */
export const nextTimesQuery = graphql(
  `
    query NextTimes($cron: String!, $timeZone: String!) {
      nextTimes(cron: $cron, timeZone: $timeZone, first: 5) {
        __typename
        ... on NextTimes { times }
        ...Refusal
      }
    }
  `,
  [refusal],
);

const scheduleChange = graphql(
  `
    fragment ScheduleChange on ScheduleResult {
      __typename
      ... on MutationScheduleSuccess { data { id } }
      ...Refusal
    }
  `,
  [refusal],
);

/** Makes one. */
export const createScheduleMutation = graphql(
  `
    mutation CreateSchedule($input: CreateScheduleInput!, $idempotencyKey: String) {
      createSchedule(input: $input, idempotencyKey: $idempotencyKey) { ...ScheduleChange }
    }
  `,
  [scheduleChange],
);

/** Changes one. */
export const updateScheduleMutation = graphql(
  `
    mutation UpdateSchedule($input: UpdateScheduleInput!) {
      updateSchedule(input: $input) { ...ScheduleChange }
    }
  `,
  [scheduleChange],
);

/** Deletes one. */
export const deleteScheduleMutation = graphql(`
  mutation DeleteSchedule($id: ID!) {
    deleteSchedule(id: $id) {
      __typename
      ... on Error {
        message
      }
      ... on MutationDeleteScheduleSuccess {
        data
      }
    }
  }
`);

/** A schedule as the page has it. */
export type Schedule = ResultOf<typeof schedulesQuery>['schedules']['nodes'][number];
