// AuditEvent: who did what, when and from where.
import type { AuditEvent as AuditEventRow } from '@bancada/prisma';
import { z } from 'zod';
import { administers, builder } from '../builder.ts';
import { decodeCursor, pageArguments, pageOf, pageSize } from './connection.ts';

const AuditEvent = builder.objectRef<AuditEventRow>('AuditEvent').implement({
  authScopes: administers,
  description: 'Outlives whoever it tells of; holds no secrets.',
  fields: (t) => ({
    id: t.id({ description: 'A whole number that grows.', resolve: ({ id }) => String(id) }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    action: t.exposeString('action', {
      description: 'E.g. `sign-in`, `sign-in.refused`, `user.created`, `token.revoked`, `run.deleted`.',
    }),
    actor: t.exposeString('actor', { description: 'The name of who did it, as it was then.' }),
    subject: t.exposeString('subject', {
      nullable: true,
      description: 'What it was done to: a user’s name, a token’s, a run’s id.',
    }),
    address: t.exposeString('address', { description: 'The network address.' }),
    device: t.exposeString('device', { description: 'The user agent.' }),
    detail: t.expose('detail', { type: 'JSON', description: 'What else there is to know, by action.' }),
  }),
});

const AuditEventConnection = builder.connectionObject(
  { type: AuditEvent, name: 'AuditEventConnection', authScopes: administers },
  { name: 'AuditEventEdge', authScopes: administers },
);

builder.queryField('auditEvents', (t) =>
  t.field({
    type: AuditEventConnection,
    authScopes: administers,
    description: 'Newest first.',
    args: {
      action: t.arg.string({ description: 'Only these, e.g. `sign-in.refused`.' }),
      ...pageArguments,
    },
    resolve: async (_root, args, { prisma }) => {
      const key = decodeCursor(args.after, z.tuple([z.string().regex(/^\d+$/)]));
      const where = args.action ? { action: args.action } : {};
      const rows = await prisma.auditEvent.findMany({
        where: key ? { ...where, id: { lt: BigInt(key[0]) } } : where,
        orderBy: { id: 'desc' },
        take: pageSize(args) + 1,
      });
      return pageOf(
        rows,
        args,
        ({ id }) => [String(id)],
        () => prisma.auditEvent.count({ where }),
      );
    },
  }),
);
