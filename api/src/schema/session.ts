// Session: a browser that is signed in.
import { revokeSession } from '../auth/account.ts';
import { builder, owns } from '../builder.ts';
import { isId } from './connection.ts';
import { ForbiddenError, NotFoundError } from './error.ts';

builder.prismaObject('Session', {
  description: 'A browser that is signed in.',
  authScopes: owns,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID; not what the cookie holds.' }),
    device: t.exposeString('device', { description: 'The user agent at sign-in.' }),
    address: t.exposeString('address', { description: 'The network address at sign-in.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When they signed in.' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: 'To the minute.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'Moves on while the session is used; two weeks without a visit end it.',
    }),
    current: t.boolean({
      select: { id: true },
      description: 'Whether it is the one that asks.',
      resolve: ({ id }, _args, { viewer: { credential } }) =>
        credential.type === 'session' && credential.id === id,
    }),
  }),
});

builder.queryField('sessions', (t) =>
  t.prismaField({
    type: ['Session'],
    authScopes: owns,
    skipTypeScopes: true,
    description: 'Of the own account, last seen first; at most 200.',
    resolve: (query, _root, _args, { prisma, viewer }) =>
      prisma.session.findMany({
        ...query,
        where: { userId: viewer.id ?? '', expiresAt: { gt: new Date() } },
        orderBy: { lastSeenAt: 'desc' },
        take: 200,
      }),
  }),
);

const RevokeSuccess = builder.objectRef<{ data: string }>('MutationRevokeSuccess').implement({
  description: 'It counts no more.',
  authScopes: owns,
  fields: (t) => ({ data: t.exposeID('data', { description: 'Of what is revoked.' }) }),
});

/** Of revokeSession and revokeApiToken. */
export const RevokeResult = builder.errorUnion('RevokeResult', {
  description: 'What was revoked, or why it was not.',
  types: [RevokeSuccess, NotFoundError, ForbiddenError],
  resolveType: () => 'MutationRevokeSuccess',
});

builder.mutationField('revokeSession', (t) =>
  t.field({
    type: RevokeResult,
    authScopes: owns,
    skipTypeScopes: true,
    description:
      'Of the own account; an administrator ends anybody’s. What is open in it ends within seconds.',
    args: { id: t.arg.id({ required: true, description: 'Of the session.' }) },
    resolve: async (_root, { id }, context) => {
      if (!isId(id)) throw new NotFoundError('session', id);
      await revokeSession(context, id);
      return { data: id } as never;
    },
  }),
);
