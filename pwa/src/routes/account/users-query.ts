// What the page of users asks and changes.
import { graphql } from '../../graphql/graphql.ts';

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

/** Somebody new; without a password, one comes back. */
export const createUserMutation = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    result: createUser(input: $input) {
      __typename
      ... on MutationUserSuccess {
        password
        data {
          name
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

/** Another role. */
export const setUserRoleMutation = graphql(`
  mutation SetUserRole($id: ID!, $role: Role!) {
    result: setUserRole(id: $id, role: $role) {
      __typename
      ... on MutationUserSuccess {
        password
        data {
          name
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

/** A password that is made up. */
export const resetPasswordMutation = graphql(`
  mutation ResetPassword($id: ID!) {
    result: resetPassword(id: $id) {
      __typename
      ... on MutationUserSuccess {
        password
        data {
          name
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

/** With sessions and tokens. */
export const deleteUserMutation = graphql(`
  mutation DeleteUser($id: ID!) {
    result: deleteUser(id: $id) {
      __typename
      ... on MutationUserSuccess {
        password
        data {
          name
        }
      }
      ... on Error {
        message
      }
    }
  }
`);
