// Job deliver-webhook: posts a message to a webhook, signed as Standard Webhooks has it, until it is taken or given up.
import { createHmac } from 'node:crypto';
import { BancadaError, guardedFetch, toError } from '@bancada/core';
import { type JobPayloads, type SecretBox, secretPurposes, webhookTries } from '@bancada/prisma';
import type { Pool } from 'pg';
import type { WorkerContext } from '../context.ts';
import type { Environment } from '../env.ts';

const timeoutMs = 15_000;

interface Delivery {
  readonly id: string;
  readonly body: unknown;
  readonly attempts: number;
  readonly webhookId: string;
  readonly url: string;
  readonly secret: string;
  readonly enabled: boolean;
}

type Answer = { readonly status: number | undefined; readonly error: string | undefined };

/** Each try is noted in the delivery; the queue waits longer and longer in between. @throws BancadaError to be tried again. */
export async function deliverWebhookJob(
  { deliveryId }: JobPayloads['deliver-webhook'],
  { pool, env, log }: WorkerContext,
): Promise<void> {
  const delivery = await begin(pool, deliveryId);
  if (delivery === undefined) return;
  const { attempts } = delivery;
  const answer = await post(delivery, env);
  if (answer.error === undefined) return note(pool, deliveryId, 'DELIVERED', answer);
  // 410 Gone: whoever is there wants no more of it.
  const gone = answer.status === 410;
  if (gone) await pool.query('update "Webhook" set enabled = false where id = $1', [delivery.webhookId]);
  const over = gone || !delivery.enabled || attempts >= webhookTries;
  await note(pool, deliveryId, over ? 'FAILED' : 'PENDING', answer);
  log.warn({ webhook: delivery.webhookId, attempt: attempts }, `a webhook was not taken: ${answer.error}`);
  if (!over) throw new BancadaError('ENDPOINT_FAILED', answer.error);
}

// Counted before it is tried, as the queue does.
async function begin(pool: Pool, id: string): Promise<Delivery | undefined> {
  const { rows } = await pool.query<Delivery>(
    `update "WebhookDelivery" delivery set attempts = attempts + 1 from "Webhook" webhook
     where delivery.id = $1 and delivery.status = 'PENDING' and webhook.id = "webhookId"
     returning delivery.id, body, attempts, "webhookId", url, secret, enabled`,
    [id],
  );
  return rows[0];
}

async function post(delivery: Delivery, { secrets, network }: Environment): Promise<Answer> {
  const { id } = delivery;
  const body = JSON.stringify(delivery.body);
  const timestamp = String(Math.floor(Date.now() / 1000));
  try {
    const response = await guardedFetch(network)(delivery.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Bancada-Webhook/1',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signature(delivery.secret, secrets, `${id}.${timestamp}.${body}`),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    const { status } = response;
    return { status, error: response.ok ? undefined : `answered ${status}` };
  } catch (thrown) {
    const error = toError(thrown);
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return { status: undefined, error: `${error.message}${cause}` };
  }
}

/** `v1,` and the HMAC-SHA256 in base64, under the bytes that follow `whsec_` in base64. */
function signature(sealed: string, secrets: SecretBox, signed: string): string {
  const secret = secrets.unseal(sealed, secretPurposes.webhook);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

async function note(
  pool: Pool,
  id: string,
  status: string,
  { status: responseStatus, error }: Answer,
): Promise<void> {
  await pool.query(
    `update "WebhookDelivery" set status = $2::text::"DeliveryStatus", "responseStatus" = $3, error = $4,
       "finishedAt" = case when $2::text <> 'PENDING' then now() end where id = $1`,
    [id, status, responseStatus ?? null, error?.slice(0, 500) ?? null],
  );
}
