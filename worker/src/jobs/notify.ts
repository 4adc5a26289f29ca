// Job notify: sends a notification to one browser, encrypted for it alone (Web Push, RFC 8030 and 8291).
import { BancadaError, guardedFetch } from '@bancada/core';
import { type JobPayloads, type Notification, pushKeys, secretPurposes } from '@bancada/prisma';
import webPush from 'web-push';
import type { WorkerContext } from '../context.ts';

const timeToLiveSeconds = 24 * 3600;
const timeoutMs = 15_000;
// Push services take some 4 kB, encryption included.
const longestDetail = 600;
const longestParameters = 1_800;

interface Message extends Notification {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly language: string;
}

/** A subscription that is gone is deleted; a service that is busy or away is tried again. @throws BancadaError to be tried again. */
export async function notifyJob(
  { notificationId, subscriptionId }: JobPayloads['notify'],
  { pool, env, log }: WorkerContext,
): Promise<void> {
  const { rows } = await pool.query<Message>(
    `select notification.*, subscription.endpoint, subscription.p256dh, subscription.auth, subscription.language
     from "Notification" notification, "PushSubscription" subscription where notification.id = $1 and subscription.id = $2`,
    [notificationId, subscriptionId],
  );
  const [message] = rows;
  if (message === undefined) return;
  const keys = await pushKeys(pool, env.secrets);
  const { method, headers, body, endpoint } = webPush.generateRequestDetails(
    {
      endpoint: message.endpoint,
      keys: { p256dh: message.p256dh, auth: env.secrets.unseal(message.auth, secretPurposes.push) },
    },
    JSON.stringify(payloadOf(message)),
    { TTL: timeToLiveSeconds, vapidDetails: { subject: env.pushContact, ...keys } },
  );
  const response = await guardedFetch(env.network)(endpoint, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    body: body === null ? null : new Uint8Array(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  if (response.ok) return;
  if (response.status === 404 || response.status === 410) {
    await pool.query('delete from "PushSubscription" where id = $1', [subscriptionId]);
    log.info({ subscription: subscriptionId }, 'a browser takes no more push messages: it is forgotten');
    return;
  }
  const refused = `the push service answered ${response.status}`;
  if (response.status === 429 || response.status >= 500) throw new BancadaError('ENDPOINT_FAILED', refused);
  log.warn({ subscription: subscriptionId }, `${refused}: the message is given up`);
}

/** What the service worker of the dashboard puts into words; what is too long for it comes as `detail` alone. */
function payloadOf({ id, kind, subject, detail, parameters, runId, language }: Message) {
  const short = JSON.stringify(parameters).length <= longestParameters;
  const known = short ? parameters : {};
  return { id, kind, subject, detail: detail.slice(0, longestDetail), parameters: known, runId, language };
}
