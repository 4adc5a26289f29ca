// What the page of users asks and changes.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** Everybody, by name. */
export const usersQuery = graphql(`
  query Users {
    users {
      id
      name
      role
      createdAt
    }
  }
`);

const userChange = graphql(`
  fragment UserChange on UserResult {
    __typename
    ... on MutationUserSuccess { password data { name } }
    ... on Error { message }
  }
`);

/** What came of a change of somebody. */
export type UserChange = ResultOf<typeof userChange>;

/** Somebody new; without a password, one comes back. */
export const createUserMutation = graphql(
  `mutation CreateUser($input: CreateUserInput!) { result: createUser(input: $input) { ...UserChange } }`,
  [userChange],
);

/** Another role. */
export const setUserRoleMutation = graphql(
  `mutation SetUserRole($id: ID!, $role: Role!) { result: setUserRole(id: $id, role: $role) { ...UserChange } }`,
  [userChange],
);

/** A password that is made up. */
export const resetPasswordMutation = graphql(
  `mutation ResetPassword($id: ID!) { result: resetPassword(id: $id) { ...UserChange } }`,
  [userChange],
);

/** With sessions and tokens. */
export const deleteUserMutation = graphql(
  `mutation DeleteUser($id: ID!) { result: deleteUser(id: $id) { ...UserChange } }`,
  [userChange],
);
