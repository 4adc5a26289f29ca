// Notification: the inbox of whoever asks, and what they want to be told.
import {
  NotificationKind,
  type Notification as NotificationRow,
  type NotificationPreference as PreferenceRow,
} from '@bancada/prisma';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { inboxOf, markRead, preferencesOf, setPreference } from '../inbox.ts';
import { decodeCursor, pageArguments, pageOf, pageSize } from './connection.ts';
import { Run } from './run.ts';

/** GraphQL enum `NotificationKind`. */
export const NotificationKindEnum = builder.enumType('NotificationKind', {
  description: 'What somebody may want to know.',
  values: {
    [NotificationKind.RUN_ENDED]: { description: 'A run came to its end.' },
    [NotificationKind.RUN_FAILED]: { description: 'A run could not be planned, or not all of it could run.' },
    [NotificationKind.GATE_MISSED]: { description: 'A run missed gates of its suite.' },
    [NotificationKind.SCHEDULE_MISSED]: {
      description:
        'Times of a schedule passed while no worker was there, or were not run for the limit of runs.',
    },
    [NotificationKind.DISK_LOW]: { description: 'The disk of a worker is nearly full; told once a day.' },
  },
});

const Notification = builder.objectRef<NotificationRow>('Notification').implement({
  description: 'Something that somebody wants to know.',
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Unique.' }),
    kind: t.expose('kind', { type: NotificationKindEnum, description: 'What it tells of.' }),
    subject: t.exposeString('subject', { description: 'Name of the run, the schedule or the machine.' }),
    detail: t.exposeString('detail', {
      description: 'What happened, in one sentence or a few lines, in English.',
    }),
    parameters: t.expose('parameters', {
      type: 'JSON',
      description:
        'The same as values, for words in another language. RUN_ENDED: `scores[]{task model metric value ciLow ciHigh} more`; RUN_FAILED: `reason`; GATE_MISSED: `gates[]{metric task model value min max message} more`; SCHEDULE_MISSED: `reason` `absent` with `missed runs`, or `limit` with `active limit`; DISK_LOW: `used` in percent, `freeBytes`. Empty for notifications of earlier versions.',
    }),
    runId: t.exposeID('runId', { nullable: true, description: 'The run it tells of; null when it is none.' }),
    run: t.prismaField({
      type: Run,
      nullable: true,
      description: 'The run as it stands now; null when it is about none.',
      resolve: (query, { runId }, _args, { prisma }) =>
        runId === null ? null : prisma.run.findUnique({ ...query, where: { id: runId } }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
    readAt: t.expose('readAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was read; null until then.',
    }),
  }),
});

const NotificationConnection = builder.connectionObject(
  { type: Notification, name: 'NotificationConnection' },
  { name: 'NotificationEdge' },
);

const NotificationPreference = builder.objectRef<PreferenceRow>('NotificationPreference').implement({
  description: 'What somebody wants to be told of one kind.',
  authScopes: reads,
  fields: (t) => ({
    kind: t.expose('kind', { type: NotificationKindEnum, description: 'Of which it is said.' }),
    inApp: t.exposeBoolean('inApp', { description: 'Whether the inbox shows it.' }),
    push: t.exposeBoolean('push', { description: 'Whether it is pushed to their browsers.' }),
  }),
});

builder.queryFields((t) => ({
  notifications: t.field({
    type: NotificationConnection,
    authScopes: reads,
    description: 'The inbox of whoever asks, latest first.',
    args: {
      unread: t.arg.boolean({ description: 'Only those that are not read; null for all.' }),
      ...pageArguments,
    },
    resolve: async (_root, args, context) => {
      const key = decodeCursor(args.after, z.tuple([z.uuid()]));
      const mine = { AND: [inboxOf(context), args.unread ? { readAt: null } : {}] };
      const rows = await context.prisma.notification.findMany({
        where: key ? { AND: [mine, { id: { lt: key[0] } }] } : mine,
        orderBy: { id: 'desc' },
        take: pageSize(args) + 1,
      });
      return pageOf(
        rows,
        args,
        ({ id }) => [id],
        () => context.prisma.notification.count({ where: mine }),
      );
    },
  }),
  notificationPreferences: t.field({
    type: [NotificationPreference],
    authScopes: reads,
    description: 'What whoever asks wants to be told, of every kind.',
    resolve: (_root, _args, context) => preferencesOf(context),
  }),
}));

builder.mutationFields((t) => ({
  markNotificationsRead: t.int({
    authScopes: reads,
    skipTypeScopes: true,
    description: 'Gives how many are unread then.',
    args: { ids: t.arg.idList({ description: 'Which of them; null for all.' }) },
    resolve: (_root, { ids }, context) => markRead(context, ids ?? undefined),
  }),
  setNotificationPreference: t.field({
    type: [NotificationPreference],
    authScopes: reads,
    skipTypeScopes: true,
    description: 'What whoever asks wants to be told of one kind; gives all kinds.',
    args: {
      kind: t.arg({ type: NotificationKindEnum, required: true, description: 'Of which it is said.' }),
      inApp: t.arg.boolean({ description: 'Whether the inbox shows it; null leaves it as it is.' }),
      push: t.arg.boolean({ description: 'Whether it is pushed; null leaves it as it is.' }),
    },
    resolve: (_root, { kind, inApp, push }, context) =>
      setPreference(context, kind, { inApp: inApp ?? undefined, push: push ?? undefined }),
  }),
}));
