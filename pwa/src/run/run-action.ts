// What a person can do to a run, as the API takes it.
import { graphql } from '../graphql/graphql.ts';
import { type MutationOutcome, runMutation } from '../graphql/mutation.ts';

const control = graphql(`
  fragment RunControl on RunControlResult {
    __typename
    ... on MutationRunControlSuccess { data { id status } }
    ... on Error { message }
  }
`);

const mutations = {
  pause: graphql(`mutation PauseRun($id: ID!) { control: pauseRun(id: $id) { ...RunControl } }`, [control]),
  resume: graphql(`mutation ResumeRun($id: ID!) { control: resumeRun(id: $id) { ...RunControl } }`, [
    control,
  ]),
  cancel: graphql(`mutation CancelRun($id: ID!) { control: cancelRun(id: $id) { ...RunControl } }`, [
    control,
  ]),
  retry: graphql(
    `mutation RetryFailedSamples($id: ID!) { control: retryFailedSamples(id: $id) { ...RunControl } }`,
    [control],
  ),
  delete: graphql(`mutation DeleteRun($id: ID!) {
    deleteRun(id: $id) { __typename ... on MutationDeleteRunSuccess { data } ... on Error { message } }
  }`),
} as const;

/** Changes of a run that the API makes. */
export type RunAction = keyof typeof mutations;

/** Asks the API for a change; an unreachable server is an outcome, too. */
export async function actOnRun(action: RunAction, id: string): Promise<MutationOutcome<unknown>> {
  if (action === 'delete') return runMutation(mutations.delete, { id });
  return runMutation(mutations[action], { id });
}
