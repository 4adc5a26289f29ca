// User: who may sign in; made and changed by administrators.
import type { Role } from '@bancada/prisma';
import { createUser, deleteUser, resetPassword, setUserRole, type UserWithPassword } from '../auth/users.ts';
import { administers, builder, opens } from '../builder.ts';
import { isId } from './connection.ts';
import { ConflictError, ForbiddenError, NotFoundError, ValidationError } from './error.ts';

/** GraphQL enum `Role`. */
const RoleEnum = builder.enumType('Role', {
  description: 'What a user may; each holds those before it.',
  values: {
    VIEWER: { value: 'VIEWER', description: 'Reads.' },
    MEMBER: { value: 'MEMBER', description: 'Starts and steers runs, and registers things.' },
    ADMIN: { value: 'ADMIN', description: 'Manages users and settings.' },
  } satisfies Record<Role, { value: Role; description: string }>,
});

/** Name and role; readable by whoever got hold of one, as the creator of a run, say. */
export const User = builder.prismaObject('User', {
  description: 'Somebody who signs in.',
  authScopes: opens,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'What they sign in with.' }),
    role: t.expose('role', { type: RoleEnum, description: 'What they may.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the user was made.' }),
  }),
});

builder.queryField('users', (t) =>
  t.prismaField({
    type: ['User'],
    authScopes: administers,
    description: 'Everybody, by name; at most 1,000.',
    resolve: (query, _root, _args, { prisma }) =>
      prisma.user.findMany({ ...query, orderBy: { name: 'asc' }, take: 1_000 }),
  }),
);

const UserSuccess = builder.objectRef<UserWithPassword>('MutationUserSuccess').implement({
  description: 'The change is made.',
  authScopes: administers,
  fields: (t) => ({
    data: t.field({
      type: User,
      description: 'The user as they are now, or were before they were deleted.',
      resolve: ({ user }) => user as never,
    }),
    password: t.string({
      nullable: true,
      description: 'The password that was made up, when none was given: in this answer and nowhere else.',
      resolve: ({ password }) => password,
    }),
  }),
});

const UserResult = builder.errorUnion('UserResult', {
  description: 'The user, or why nothing changed.',
  types: [UserSuccess, ValidationError, NotFoundError, ForbiddenError, ConflictError],
  resolveType: () => 'MutationUserSuccess',
});

const CreateUserInput = builder.inputType('CreateUserInput', {
  description: 'Who is to be made.',
  fields: (t) => ({
    name: t.string({ required: true, description: '2 to 64 of a–z, 0–9 and `. _ @ + -`.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'What they may.' }),
    password: t.string({ description: 'At least 10 characters; without one, one is made up.' }),
  }),
});

builder.mutationFields((t) => ({
  createUser: t.field({
    type: UserResult,
    authScopes: administers,
    description:
      'Somebody new who may sign in. The same idempotencyKey gives the same user, but no made-up password again.',
    args: {
      input: t.arg({ type: CreateUserInput, required: true, description: 'Who it is.' }),
      idempotencyKey: t.arg.string({
        description: 'Any text of your own, one for each user wanted; null when repeats are fine.',
      }),
    },
    resolve: async (_root, { input, idempotencyKey }, context) => {
      const wish = { ...input, password: input.password ?? undefined };
      return (await createUser(context, wish, idempotencyKey ?? undefined)) as never;
    },
  }),
  setUserRole: t.field({
    type: UserResult,
    authScopes: administers,
    description: 'Counts from the next request on; what is open ends. The last administrator stays one.',
    args: {
      id: t.arg.id({ required: true, description: 'Of the user.' }),
      role: t.arg({ type: RoleEnum, required: true, description: 'The new role.' }),
    },
    resolve: async (_root, { id, role }, context) =>
      ({ user: await setUserRole(context, known(id), role), password: undefined }) as never,
  }),
  resetPassword: t.field({
    type: UserResult,
    authScopes: administers,
    description: 'Ends all sessions of the user.',
    args: {
      id: t.arg.id({ required: true, description: 'Of the user.' }),
      password: t.arg.string({ description: 'At least 10 characters; without one, one is made up.' }),
    },
    resolve: async (_root, { id, password }, context) =>
      (await resetPassword(context, known(id), password ?? undefined)) as never,
  }),
  deleteUser: t.field({
    type: UserResult,
    authScopes: administers,
    description: 'With their sessions and tokens; their runs stay.',
    args: { id: t.arg.id({ required: true, description: 'Of the user.' }) },
    resolve: async (_root, { id }, context) =>
      ({ user: await deleteUser(context, known(id)), password: undefined }) as never,
  }),
}));

function known(id: string): string {
  if (!isId(id)) throw new NotFoundError('user', id);
  return id;
}
