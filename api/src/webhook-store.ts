// Webhooks as administrators make them: the address checked, the secret sealed, tests on demand.
import { randomBytes } from 'node:crypto';
import { BancadaError, checkAddress } from '@bancada/core';
import {
  addDelivery,
  type NotificationKind,
  secretPurposes,
  type Webhook,
  type WebhookDelivery,
} from '@bancada/prisma';
import type { Context } from './context.ts';
import { isId } from './schema/connection.ts';
import { ConflictError, NotFoundError, ValidationError, type ValidationIssue } from './schema/error.ts';

/** What a webhook is made of. */
export interface WebhookRequest {
  /** Undefined makes a new one. */
  readonly id?: string | null | undefined;
  readonly url: string;
  readonly events: readonly NotificationKind[];
  readonly enabled?: boolean | null | undefined;
  /** `whsec_…`; made when left out of a new one, kept when left out of a change. */
  readonly secret?: string | null | undefined;
}

/** A webhook, and its secret where it was made just now: it is told once. */
export interface SavedWebhook {
  readonly webhook: Webhook;
  readonly secret: string | undefined;
}

/**
 * Makes or changes a webhook; a key that made one gives that one again, without its secret.
 * @throws ValidationError; NotFoundError; ConflictError when another one has the address.
 */
export async function saveWebhook(
  context: Context,
  request: WebhookRequest,
  idempotencyKey: string | undefined,
): Promise<SavedWebhook> {
  const { prisma, secrets } = context;
  const { url, events, enabled } = request;
  const same = idempotencyKey && (await prisma.webhook.findUnique({ where: { idempotencyKey } }));
  if (same && !request.id) return { webhook: same, secret: undefined };
  const issues = issuesOf(context, request);
  if (issues.length > 0) throw new ValidationError(issues);
  const id = request.id ?? undefined;
  if (id !== undefined) await webhookOf(context, id);
  const other = await prisma.webhook.findFirst({ where: { url, ...(id ? { id: { not: id } } : {}) } });
  if (other !== null)
    throw new ConflictError(`there is a webhook of ${url} already: change that one (${other.id})`);
  const made =
    id === undefined && !request.secret ? `whsec_${randomBytes(32).toString('base64')}` : undefined;
  const secret = request.secret || made;
  const sealed = secret === undefined ? {} : { secret: secrets.seal(secret, secretPurposes.webhook) };
  const data = { url, events: [...new Set(events)], enabled: enabled ?? true, ...sealed };
  const webhook =
    id === undefined
      ? await prisma.webhook.create({ data: { secret: '', idempotencyKey: idempotencyKey ?? null, ...data } })
      : await prisma.webhook.update({ where: { id }, data });
  return { webhook, secret: made };
}

/** Deletes a webhook with its log; gives the id. @throws NotFoundError. */
export async function deleteWebhook(context: Context, id: string): Promise<string> {
  await webhookOf(context, id);
  await context.prisma.webhook.delete({ where: { id } });
  return id;
}

/** Puts a message of type `test` on its way; what became of it is told by the delivery. @throws NotFoundError; ConflictError when it is switched off. */
export async function testWebhook(context: Context, id: string): Promise<WebhookDelivery> {
  const { prisma } = context;
  const { enabled } = await webhookOf(context, id);
  if (!enabled) throw new ConflictError(`the webhook ${id} is switched off`);
  return prisma.$transaction(async (transaction) => {
    const delivery = await addDelivery(transaction, id, 'test', { subject: 'Bancada', detail: 'a test' });
    return transaction.webhookDelivery.findUniqueOrThrow({ where: { id: delivery } });
  });
}

async function webhookOf({ prisma }: Context, id: string): Promise<Webhook> {
  const webhook = isId(id) ? await prisma.webhook.findUnique({ where: { id } }) : null;
  if (webhook === null) throw new NotFoundError('webhook', id);
  return webhook;
}

function issuesOf({ network }: Context, { url, events, secret }: WebhookRequest): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  try {
    const { username, password } = checkAddress(network, url, 'url');
    if (username || password) {
      issues.push({
        path: 'url',
        value: null,
        message: 'url: without a name and password; the signature proves who calls',
      });
    }
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    issues.push({ path: 'url', value: url, message: thrown.message });
  }
  if (events.length === 0) issues.push({ path: 'events', value: [], message: 'events: at least one' });
  const bytes = secret ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length : 32;
  if (secret && (!/^whsec_[A-Za-z0-9+/]+=*$/.test(secret) || bytes < 24 || bytes > 64)) {
    issues.push({ path: 'secret', value: null, message: 'secret: whsec_ and 24 to 64 bytes in base64' });
  }
  return issues;
}
