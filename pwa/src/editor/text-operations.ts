// Checking, saving and deleting texts with versions: the same three steps for prompts, tasks and suites.
import type { TypedDocumentNode } from '@urql/core';
import { graphql, type ResultOf, type VariablesOf } from '../graphql/graphql.ts';
import { type MutationOutcome, runMutation } from '../graphql/mutation.ts';
import { refusal } from '../graphql/refusal.ts';

/** What has versions. */
export type TextKind = 'prompt' | 'task' | 'suite';

const textCheck = graphql(`
  fragment TextCheck on ConfigurationCheck { issues { path message line } warnings { path message line } }
`);

/** What is wrong with a text of YAML, as `check`. */
export const checkQueries = {
  task: graphql(
    `query CheckTask($yaml: String!) { check: checkTask(input: { yaml: $yaml }) { ...TextCheck } }`,
    [textCheck],
  ),
  suite: graphql(
    `query CheckSuite($yaml: String!) { check: checkSuite(input: { yaml: $yaml }) { ...TextCheck } }`,
    [textCheck],
  ),
} as const;

const saveMutations = {
  prompt: graphql(
    `
      mutation SavePrompt($input: SavePromptInput!) {
        save: savePrompt(input: $input) {
          __typename
          ... on MutationSavePromptSuccess { data { id name version } }
          ...Refusal
        }
      }
    `,
    [refusal],
  ),
  task: graphql(
    `
      mutation SaveTask($input: SaveTaskInput!) {
        save: saveTask(input: $input) {
          __typename
          ... on MutationSaveTaskSuccess { data { id name version } }
          ...Refusal
        }
      }
    `,
    [refusal],
  ),
  suite: graphql(
    `
      mutation SaveSuite($input: SaveSuiteInput!) {
        save: saveSuite(input: $input) {
          __typename
          ... on MutationSaveSuiteSuccess { data { id name version } }
          ...Refusal
        }
      }
    `,
    [refusal],
  ),
} as const;

const deletion = graphql(`
  fragment Deletion on DeleteConfigurationResult {
    __typename
    ... on MutationDeleteConfigurationSuccess { data { id } }
    ... on Error { message }
  }
`);

const deleteMutations = {
  prompt: graphql(`mutation DeletePrompt($id: ID!) { delete: deletePrompt(id: $id) { ...Deletion } }`, [
    deletion,
  ]),
  task: graphql(`mutation DeleteTask($id: ID!) { delete: deleteTask(id: $id) { ...Deletion } }`, [deletion]),
  suite: graphql(`mutation DeleteSuite($id: ID!) { delete: deleteSuite(id: $id) { ...Deletion } }`, [
    deletion,
  ]),
} as const;

/** What is saved of a text. */
export type TextInput =
  | VariablesOf<typeof saveMutations.prompt>['input']
  | VariablesOf<typeof saveMutations.suite>['input'];

// The results differ in the names of their types alone.
type SaveMutation = TypedDocumentNode<ResultOf<typeof saveMutations.suite>, { input: TextInput }>;

/** Saves a new version; gives the thing with its newest version. */
export function saveText(
  kind: TextKind,
  input: TextInput,
): Promise<MutationOutcome<{ id: string; name: string; version: number }>> {
  return runMutation(saveMutations[kind] as unknown as SaveMutation, { input });
}

/** Deletes all versions. */
export function deleteText(kind: TextKind, id: string): Promise<MutationOutcome<{ id: string }>> {
  return runMutation(deleteMutations[kind], { id });
}
