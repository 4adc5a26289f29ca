// Signing in and out, the first administrator, and the own password.
import type { User as UserRow } from '@bancada/prisma';
import { changePassword, signOutEverywhere } from '../auth/account.ts';
import { shortestPassword } from '../auth/password.ts';
import { needsSetup } from '../auth/setup-code.ts';
import { setUp, signIn, signOut } from '../auth/sign-in.ts';
import { builder, opens, owns } from '../builder.ts';
import type { Context } from '../context.ts';
import { ConflictError, ForbiddenError, ThrottledError, ValidationError } from './error.ts';
import { User } from './user.ts';
import { Viewer } from './viewer.ts';

const AuthState = builder.objectRef<Context>('AuthState').implement({
  authScopes: opens,
  description: 'What a page has to know before anybody signed in.',
  fields: (t) => ({
    enabled: t.exposeBoolean('authEnabled', {
      description: 'Whether there are users at all (BANCADA_AUTH=on).',
    }),
    needsSetup: t.boolean({
      description:
        'Whether the first administrator is still to be made, with the code that the terminal or the log shows.',
      resolve: async ({ authEnabled, prisma }) => authEnabled && (await needsSetup(prisma)),
    }),
    signedIn: t.boolean({
      description: 'Whether this request may read; true for everybody while authentication is off.',
      resolve: ({ viewer }) => viewer.role !== 'anonymous',
    }),
    viewer: t.field({
      type: Viewer,
      nullable: true,
      description: 'Who asks; null for nobody, where `Query.viewer` is an error.',
      resolve: (context) => (context.viewer.role === 'anonymous' ? null : context),
    }),
    shortestPassword: t.int({
      description: 'Characters that a password has at least.',
      resolve: () => shortestPassword,
    }),
  }),
});

builder.queryField('authState', (t) =>
  t.field({
    type: AuthState,
    authScopes: opens,
    skipTypeScopes: true,
    description: 'Whether authentication is on, set up, and passed.',
    resolve: (_root, _args, context) => context,
  }),
);

const SignInSuccess = builder.objectRef<{ data: UserRow }>('MutationSignInSuccess').implement({
  authScopes: opens,
  description: 'The answer sets the session cookie.',
  fields: (t) => ({
    data: t.field({ type: User, description: 'Who is signed in now.', resolve: ({ data }) => data as never }),
  }),
});

const SignInResult = builder.errorUnion('SignInResult', {
  description: 'Who is signed in now, or why nobody is.',
  types: [SignInSuccess, ValidationError, ForbiddenError, ConflictError, ThrottledError],
  resolveType: () => 'MutationSignInSuccess',
});

const Done = builder.objectRef<{ data: boolean }>('MutationAccountSuccess').implement({
  authScopes: opens,
  description: 'It is done.',
  fields: (t) => ({ data: t.exposeBoolean('data', { description: 'Always true.' }) }),
});

const AccountResult = builder.errorUnion('AccountResult', {
  description: 'Whether it is done, or why not.',
  types: [Done, ValidationError, ForbiddenError, ThrottledError],
  resolveType: () => 'MutationAccountSuccess',
});

builder.mutationFields((t) => ({
  signIn: t.field({
    type: SignInResult,
    authScopes: opens,
    skipTypeScopes: true,
    description:
      'Begins a session, whose cookie the answer sets. After 20 wrong attempts of an account or an address within 15 minutes: ThrottledError and status 429.',
    args: {
      name: t.arg.string({ required: true, description: 'The user name, whatever the case.' }),
      password: t.arg.string({ required: true, description: 'In clear: use HTTPS.' }),
    },
    resolve: async (_root, credentials, context) => ({ data: await signIn(context, credentials) }) as never,
  }),
  setUp: t.field({
    type: SignInResult,
    authScopes: opens,
    skipTypeScopes: true,
    description: 'Makes the first administrator and signs them in; only while there is no user.',
    args: {
      code: t.arg.string({
        required: true,
        description: 'The setup code, as the terminal or the log shows it.',
      }),
      name: t.arg.string({ required: true, description: 'The user name to be.' }),
      password: t.arg.string({ required: true, description: `At least ${shortestPassword} characters.` }),
    },
    resolve: async (_root, wish, context) => ({ data: await setUp(context, wish) }) as never,
  }),
  signOut: t.field({
    type: AccountResult,
    authScopes: opens,
    skipTypeScopes: true,
    description: 'Ends this session, its subscriptions and downloads too; without one, nothing happens.',
    resolve: async (_root, _args, context) => {
      await signOut(context);
      return { data: true } as never;
    },
  }),
  signOutEverywhere: t.field({
    type: AccountResult,
    authScopes: owns,
    skipTypeScopes: true,
    description: 'Ends every session of the own account, this one too. API tokens stay.',
    resolve: async (_root, _args, context) => {
      await signOutEverywhere(context);
      return { data: true } as never;
    },
  }),
  changePassword: t.field({
    type: AccountResult,
    authScopes: owns,
    skipTypeScopes: true,
    description: 'Ends every other session; API tokens stay.',
    args: {
      current: t.arg.string({ required: true, description: 'The present password.' }),
      next: t.arg.string({ required: true, description: `At least ${shortestPassword} characters.` }),
    },
    resolve: async (_root, { current, next }, context) => {
      await changePassword(context, current, next);
      return { data: true } as never;
    },
  }),
}));
