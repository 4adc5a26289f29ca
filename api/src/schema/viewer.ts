// Viewer: who asks, and what they talk to.
import { publicPushKey } from '@bancada/prisma';
import { builder, reads } from '../builder.ts';
import type { Context } from '../context.ts';
import { countUnread } from '../inbox.ts';

/** Who asks, as the request showed. */
export const Viewer = builder.objectRef<Context>('Viewer').implement({
  description: 'Who asks, and what they talk to.',
  authScopes: reads,
  fields: (t) => ({
    name: t.string({ description: 'Name of the user.', resolve: ({ viewer }) => viewer.name }),
    role: t.string({ description: '`viewer`, `member` or `admin`.', resolve: ({ viewer }) => viewer.role }),
    scopes: t.stringList({
      description: 'What this request may: `read`, `write`, `admin`, by role and token.',
      resolve: ({ viewer }) => [...viewer.scopes],
    }),
    administrators: t.stringList({
      description: 'Who can grant more: the names of the administrators, at most 20.',
      resolve: async ({ prisma }) => {
        const where = { role: 'ADMIN' } as const;
        const rows = await prisma.user.findMany({ where, orderBy: { name: 'asc' }, take: 20 });
        return rows.map(({ name }) => name);
      },
    }),
    authEnabled: t.exposeBoolean('authEnabled', { description: 'Whether users sign in here.' }),
    unreadNotifications: t.int({
      description: 'How much of the inbox is not read.',
      resolve: (_viewer, _args, context) => countUnread(context),
    }),
    vapidPublicKey: t.string({
      description: 'For `PushManager.subscribe` in a browser (`applicationServerKey`), base64url.',
      resolve: (_viewer, _args, { pool, secrets }) => publicPushKey(pool, secrets),
    }),
    version: t.exposeString('version', { description: 'Of Bancada.' }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    description: 'Who asks.',
    type: Viewer,
    authScopes: reads,
    resolve: (_root, _args, context) => context,
  }),
);
