// Something that somebody wants to know: kept for the inbox, and put on its way to browsers and webhooks.
import { randomUUIDv7 } from 'node:crypto';
import type { NotificationKind } from '../generated/client.ts';
import { appendActivity } from './activity.ts';
import { enqueue } from './jobs.ts';
import type { NoticeParameters } from './notice-parameters.ts';
import { query, type Sql } from './sql.ts';

/** What happened, and to whom it is told. */
export type NewNotification = { [Kind in NotificationKind]: Told<Kind> }[NotificationKind];

interface Told<Kind extends NotificationKind> {
  readonly kind: Kind;
  /** What happened as values. */
  readonly parameters: NoticeParameters[Kind];
  /** Undefined: the local user, and administrators. */
  readonly userId: string | undefined;
  /** What it is about: the name of a run, a schedule or a machine. */
  readonly subject: string;
  /** What happened, in one sentence or a few lines, in English. */
  readonly detail: string;
  readonly runId?: string | undefined;
  /** Raised once for each key, however often it is told. */
  readonly onceKey?: string | undefined;
}

/** The name of an event in webhooks, by kind. */
export const eventNames = {
  RUN_ENDED: 'run.ended',
  RUN_FAILED: 'run.failed',
  GATE_MISSED: 'gate.missed',
  SCHEDULE_MISSED: 'schedule.missed',
  DISK_LOW: 'disk.low',
} as const satisfies Record<NotificationKind, string>;

/** Whose preferences hold: a user's, or those of the local one. */
export function ownerOf(userId: string | undefined): string {
  return userId ?? 'local';
}

/** For what the secrets behind notifications are sealed. */
export const secretPurposes = { push: 'push-subscription', webhook: 'webhook' } as const;

/** How often a webhook is tried; the queue waits longer and longer in between, some three hours in all. */
export const webhookTries = 10;

const pushTries = 6;

/**
 * Keeps the notification and enqueues one job for each browser and each webhook that wants it: all of it with the transaction,
 * or nothing. The last statements of a transaction. Gives its id; undefined when its `onceKey` was used before.
 */
export async function raiseNotification(sql: Sql, told: NewNotification): Promise<string | undefined> {
  const { kind, userId } = told;
  const wants = await preferenceOf(sql, kind, userId);
  const id = randomUUIDv7();
  const kept = await query(
    sql,
    `insert into "Notification" (id, "userId", kind, subject, detail, "runId", "inApp", "onceKey", parameters)
     values ($1::uuid, $2::uuid, $3::text::"NotificationKind", $4::text, $5::text, $6::uuid, $7::boolean, $8::text, $9::text::jsonb)
     on conflict ("onceKey") do nothing returning id`,
    [
      id,
      userId ?? null,
      kind,
      told.subject,
      told.detail,
      told.runId ?? null,
      wants.inApp,
      told.onceKey ?? null,
      JSON.stringify(told.parameters),
    ],
  );
  if (kept.length === 0) return undefined;
  if (wants.push) await enqueuePushes(sql, id, userId);
  await enqueueWebhooks(sql, told);
  if (wants.inApp) await appendActivity(sql, { kind: 'notification.created', runId: told.runId });
  return id;
}

/** Keeps a message for a webhook and enqueues its delivery; gives its id. */
export async function addDelivery(
  sql: Sql,
  webhookId: string,
  event: string,
  data: Readonly<Record<string, unknown>>,
): Promise<string> {
  const id = randomUUIDv7();
  const body = { type: event, timestamp: new Date().toISOString(), data };
  await query(
    sql,
    `insert into "WebhookDelivery" (id, "webhookId", event, body) values ($1::uuid, $2::uuid, $3::text, $4::text::jsonb)`,
    [id, webhookId, event, JSON.stringify(body)],
  );
  await enqueue(
    sql,
    'deliver-webhook',
    { deliveryId: id },
    { jobKey: `webhook/${id}`, maxAttempts: webhookTries },
  );
  return id;
}

async function preferenceOf(sql: Sql, kind: NotificationKind, userId: string | undefined) {
  const [row] = await query<{ inApp: boolean; push: boolean }>(
    sql,
    'select "inApp", push from "NotificationPreference" where owner = $1::text and kind = $2::text::"NotificationKind"',
    [ownerOf(userId), kind],
  );
  return row ?? { inApp: true, push: true };
}

async function enqueuePushes(sql: Sql, notificationId: string, userId: string | undefined): Promise<void> {
  const rows = await query<{ id: string }>(
    sql,
    'select id from "PushSubscription" where "userId" is not distinct from $1::uuid order by id',
    [userId ?? null],
  );
  for (const { id: subscriptionId } of rows) {
    const jobKey = `push/${notificationId}/${subscriptionId}`;
    await enqueue(sql, 'notify', { notificationId, subscriptionId }, { jobKey, maxAttempts: pushTries });
  }
}

async function enqueueWebhooks(sql: Sql, { kind, subject, detail, runId }: NewNotification): Promise<void> {
  const rows = await query<{ id: string }>(
    sql,
    'select id from "Webhook" where enabled and $1::text::"NotificationKind" = any (events) order by id',
    [kind],
  );
  const data = { subject, detail, ...(runId === undefined ? {} : { runId }) };
  for (const { id } of rows) await addDelivery(sql, id, eventNames[kind], data);
}
