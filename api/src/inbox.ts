// The notifications of whoever asks: which are theirs, reading them, and what they want to be told.
import {
  appendActivity,
  NotificationKind,
  type NotificationPreference,
  ownerOf,
  type Prisma,
} from '@bancada/prisma';
import type { Context } from './context.ts';
import { isId } from './schema/connection.ts';

/** Whoever asks, and where it is kept. */
export type Asker = Pick<Context, 'prisma' | 'viewer'>;

/** Their own; those of nobody in particular are the local user's and the administrators'. */
export function inboxOf({ viewer }: Pick<Asker, 'viewer'>): Prisma.NotificationWhereInput {
  const own = { userId: viewer.id ?? null };
  const shared = viewer.role === 'admin' ? [{ userId: null }] : [];
  return { inApp: true, OR: [own, ...shared] };
}

/** How many they have not read. */
export function countUnread(context: Asker): Promise<number> {
  return context.prisma.notification.count({ where: { ...inboxOf(context), readAt: null } });
}

/** Marks these as read, or all of theirs; others' are left alone. Gives how many are unread then. */
export async function markRead(context: Asker, ids: readonly string[] | undefined): Promise<number> {
  const { prisma } = context;
  const { count } = await prisma.notification.updateMany({
    where: {
      ...inboxOf(context),
      readAt: null,
      ...(ids === undefined ? {} : { id: { in: ids.filter(isId) } }),
    },
    data: { readAt: new Date() },
  });
  if (count > 0) await appendActivity(prisma, { kind: 'notification.read' });
  return countUnread(context);
}

/** What they want to be told, of every kind. */
export async function preferencesOf({ prisma, viewer }: Asker): Promise<NotificationPreference[]> {
  const owner = ownerOf(viewer.id);
  const kept = await prisma.notificationPreference.findMany({ where: { owner } });
  return Object.values(NotificationKind).map(
    (kind) => kept.find((one) => one.kind === kind) ?? { owner, kind, inApp: true, push: true },
  );
}

/** Keeps what they want to be told of a kind; undefined leaves a way as it is. Gives all kinds. */
export async function setPreference(
  context: Asker,
  kind: NotificationKind,
  wanted: { readonly inApp: boolean | undefined; readonly push: boolean | undefined },
): Promise<NotificationPreference[]> {
  const { prisma, viewer } = context;
  const owner = ownerOf(viewer.id);
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  await prisma.notificationPreference.upsert({
    where: { owner_kind: { owner, kind } },
    create: { owner, kind, inApp: true, push: true, ...given },
    update: given,
  });
  return preferencesOf(context);
}
