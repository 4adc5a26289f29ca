// Viewer: who asks, and what they talk to.
import { builder, reads } from '../builder.ts';
import type { Context } from '../context.ts';

const Viewer = builder.objectRef<Context>('Viewer').implement({
  authScopes: reads,
  fields: (t) => ({
    name: t.string({ resolve: ({ viewer }) => viewer.name }),
    role: t.string({ description: '`viewer`, `member` or `admin`.', resolve: ({ viewer }) => viewer.role }),
    authEnabled: t.exposeBoolean('authEnabled'),
    version: t.exposeString('version'),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({ type: Viewer, authScopes: reads, resolve: (_root, _args, context) => context }),
);
