// What a try with a model reads, and the stream of it.
import { graphql, type ResultOf } from '../graphql/graphql.ts';

/** What a text can be tried with. */
export const tryoutQuery = graphql(`
  query TryoutChoices {
    models(first: 200) { nodes { id name kind fault } }
    tasks(first: 200) { nodes { id name } }
  }
`);

/** Streams a model's answers. */
export const playgroundSubscription = graphql(`
  subscription Playground($input: PlaygroundInput!) {
    playground(input: $input) {
      type index prompt target text prediction message outputTokens e2eMs
      scores { metric filter value }
    }
  }
`);

/** One thing that is told. */
export type PlaygroundChunk = ResultOf<typeof playgroundSubscription>['playground'];
