// What is read of a refusal, whichever mutation or query was refused.
import { graphql } from './graphql.ts';

/** For a result union: the sentence, and the fields at fault where it was the input. */
export const refusal = graphql(`
  fragment Refusal on Error {
    message
    ... on ValidationError { issues { path message } }
  }
`);
