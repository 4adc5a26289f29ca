// Viewer: who asks, and what they talk to.
import { builder, reads } from '../builder.ts';
import type { Context } from '../context.ts';

const Viewer = builder.objectRef<Context>('Viewer').implement({
  description: 'Who asks, and what they talk to.',
  authScopes: reads,
  fields: (t) => ({
    name: t.string({ description: 'Name of the user.', resolve: ({ viewer }) => viewer.name }),
    role: t.string({ description: '`viewer`, `member` or `admin`.', resolve: ({ viewer }) => viewer.role }),
    authEnabled: t.exposeBoolean('authEnabled', { description: 'Whether users sign in here.' }),
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
