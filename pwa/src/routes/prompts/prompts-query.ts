// What the pages of prompts read and send.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** A page of the list. */
export const promptsQuery = graphql(`
  query Prompts($search: String, $after: String) {
    prompts(search: $search, first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id name description version bundled variables labels { label version } }
    }
  }
`);

/** One prompt with its versions, newest first. */
export const promptQuery = graphql(`
  query Prompt($id: ID!) {
    prompt(id: $id) {
      id name description version bundled template yaml variables
      versions(first: 50) { id version template createdAt labels }
    }
  }
`);

/** What is wrong with the text, its variables, and the text filled in. */
export const promptCheckQuery = graphql(`
  query PromptCheck($input: SavePromptInput!, $template: String!, $variables: JSON) {
    checkPrompt(input: $input) { issues { path message line } variables }
    renderPrompt(template: $template, variables: $variables) { text message }
  }
`);

/** Moves a label. */
export const labelPromptMutation = graphql(`
  mutation LabelPrompt($id: ID!, $label: String!, $version: Int) {
    labelPrompt(id: $id, label: $label, version: $version) {
      __typename
      ... on MutationLabelPromptSuccess { data { id version } }
      ... on Error { message }
    }
  }
`);

/** A prompt as its page has it. */
export type PromptData = NonNullable<ResultOf<typeof promptQuery>['prompt']>;
