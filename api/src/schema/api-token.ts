// ApiToken: what a script signs in with.
import type { ApiToken as ApiTokenRow } from '@bancada/prisma';
import { createApiToken, highestScope, revokeApiToken } from '../auth/account.ts';
import { type Scope, scopesUpTo } from '../auth/scope.ts';
import { builder, owns } from '../builder.ts';
import { isId } from './connection.ts';
import { ConflictError, ForbiddenError, NotFoundError, ValidationError } from './error.ts';
import { RevokeResult } from './session.ts';

const ApiTokenScope = builder.enumType('ApiTokenScope', {
  description: 'Each holds those before it; a token never may more than its owner.',
  values: {
    READ: { value: 'read', description: 'Looks at everything.' },
    WRITE: { value: 'write', description: 'Starts, steers and registers.' },
    ADMIN: { value: 'admin', description: 'Manages users and settings.' },
  } as const,
});

const ApiToken = builder.prismaObject('ApiToken', {
  description: 'What a script signs in with, without the token itself.',
  authScopes: owns,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID; not the token.' }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    scopes: t.field({
      type: [ApiTokenScope],
      select: { scope: true },
      description: 'What it was given; its owner’s role bounds it.',
      resolve: ({ scope }) => [...scopesUpTo(scope as Scope)],
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'From then on it is refused.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'To the minute; null when it was never used.',
    }),
  }),
});

builder.queryField('apiTokens', (t) =>
  t.prismaField({
    type: ['ApiToken'],
    authScopes: owns,
    skipTypeScopes: true,
    description: 'Of the own account, newest first, expired ones too.',
    resolve: (query, _root, _args, { prisma, viewer }) =>
      prisma.apiToken.findMany({
        ...query,
        where: { userId: viewer.id ?? '' },
        orderBy: { createdAt: 'desc' },
      }),
  }),
);

interface Made {
  readonly apiToken: ApiTokenRow;
  readonly token: string;
}

const CreateApiTokenSuccess = builder.objectRef<Made>('MutationCreateApiTokenSuccess').implement({
  description: 'The token, this once.',
  authScopes: owns,
  fields: (t) => ({
    data: t.field({
      type: ApiToken,
      description: 'What the list shows of it.',
      resolve: ({ apiToken }) => apiToken as never,
    }),
    token: t.exposeString('token', {
      description: 'For `Authorization: Bearer …`: in this answer and nowhere else.',
    }),
  }),
});

const CreateApiTokenResult = builder.errorUnion('CreateApiTokenResult', {
  description: 'The token, or why there is none.',
  types: [CreateApiTokenSuccess, ValidationError, ForbiddenError, ConflictError],
  resolveType: () => 'MutationCreateApiTokenSuccess',
});

const CreateApiTokenInput = builder.inputType('CreateApiTokenInput', {
  description: 'What the token is to be.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for, 1 to 100 characters.' }),
    scopes: t.field({
      type: [ApiTokenScope],
      required: true,
      description: 'The highest counts; it holds those below it.',
    }),
    expiresInDays: t.int({ defaultValue: 90, description: '1 to 365.' }),
  }),
});

builder.mutationFields((t) => ({
  createApiToken: t.field({
    type: CreateApiTokenResult,
    authScopes: owns,
    skipTypeScopes: true,
    description: 'Only somebody who signed in with a password makes tokens: a token makes none.',
    args: {
      input: t.arg({ type: CreateApiTokenInput, required: true, description: 'What it is to be.' }),
      idempotencyKey: t.arg.string({
        description:
          'Any text of your own, one for each token wanted: a repeat is a ConflictError, as a token is told once; null when repeats are fine.',
      }),
    },
    resolve: async (_root, { input: { name, scopes, expiresInDays }, idempotencyKey }, context) => {
      const scope = highestScope(scopes);
      if (scope === undefined) {
        throw new ValidationError([
          { path: 'scopes', message: 'a token has one of READ, WRITE and ADMIN at least', value: scopes },
        ]);
      }
      const wish = { name, scope, expiresInDays: expiresInDays ?? 90 };
      return (await createApiToken(context, wish, idempotencyKey ?? undefined)) as never;
    },
  }),
  revokeApiToken: t.field({
    type: RevokeResult,
    authScopes: owns,
    skipTypeScopes: true,
    description: 'One’s own; an administrator revokes anybody’s. What is open with it ends within seconds.',
    args: { id: t.arg.id({ required: true, description: 'Of the token; not the token itself.' }) },
    resolve: async (_root, { id }, context) => {
      if (!isId(id)) throw new NotFoundError('API token', id);
      await revokeApiToken(context, id);
      return { data: id } as never;
    },
  }),
}));
