// Operations typed from the API's schema: `graphql('query …')` knows its result and its variables.
import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './introspection.d.ts';

/** Parses and types an operation or a fragment. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string; JSON: unknown; BigInt: string };
  disableMasking: true;
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
