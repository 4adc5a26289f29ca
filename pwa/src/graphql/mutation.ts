// Runs a mutation and turns its result union into done or refused, with the words to show.
import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { client } from './client.ts';

/** What became of a mutation. `issues` names the fields of a `ValidationError`. */
export type MutationOutcome<Data> =
  | { readonly status: 'done'; readonly data: Data }
  | {
      readonly status: 'refused';
      /** The GraphQL type of the error, or `NetworkError`. */
      readonly type: string;
      readonly message: string;
      readonly issues: readonly { readonly path: string; readonly message: string }[];
    };

interface Union {
  readonly __typename: string;
  readonly message?: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Sends a mutation whose one field is a result union; select `__typename`, `data` and `... on Error { message }`, or `...Refusal` for `issues`, too.
 * Never throws: an unreachable server is an outcome, too.
 */
export async function runMutation<Result extends object, Variables extends AnyVariables>(
  operation: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<MutationOutcome<SuccessData<Result[keyof Result]>>> {
  const { data, error } = await client.mutation(operation, variables).toPromise();
  if (data === undefined || error !== undefined)
    return {
      status: 'refused',
      type: error?.networkError === undefined ? 'GraphQLError' : 'NetworkError',
      message: error?.message ?? 'The server gave no answer.',
      issues: [],
    };
  const union = Object.values(data).find((value) => typeof value === 'object') as Union & {
    readonly data?: SuccessData<Result[keyof Result]>;
  };
  if (union.data !== undefined) return { status: 'done', data: union.data };
  return {
    status: 'refused',
    type: union.__typename,
    message: union.message ?? union.__typename,
    issues: union.issues ?? [],
  };
}

type SuccessData<Value> = Value extends { data: infer Data } ? Data : never;
