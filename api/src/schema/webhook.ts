// Webhook: addresses that are told of events; saveWebhook, deleteWebhook, testWebhook.
import {
  type WebhookDelivery as DeliveryRow,
  DeliveryStatus,
  type Webhook as WebhookRow,
} from '@bancada/prisma';
import { z } from 'zod';
import { audit } from '../auth/audit.ts';
import { administers, builder } from '../builder.ts';
import { deleteWebhook, type SavedWebhook, saveWebhook, testWebhook } from '../webhook-store.ts';
import { ConflictError, NotFoundError, ValidationError } from './error.ts';
import { NotificationKindEnum } from './notification.ts';

const DeliveryStatusEnum = builder.enumType('DeliveryStatus', {
  description: 'What became of a message to a webhook.',
  values: {
    [DeliveryStatus.PENDING]: { description: 'To be sent, or to be sent again.' },
    [DeliveryStatus.DELIVERED]: { description: 'It was taken.' },
    [DeliveryStatus.FAILED]: { description: 'It was given up.' },
  },
});

const WebhookDelivery = builder.objectRef<DeliveryRow>('WebhookDelivery').implement({
  description: 'One message to a webhook.',
  authScopes: administers,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its `webhook-id`, the same at every try.' }),
    event: t.exposeString('event', { description: 'E.g. `gate.missed`; `test` for a test.' }),
    status: t.expose('status', { type: DeliveryStatusEnum, description: 'What became of it.' }),
    attempts: t.exposeInt('attempts', { description: 'Tries so far.' }),
    responseStatus: t.exposeInt('responseStatus', {
      nullable: true,
      description: 'HTTP status of the last answer; null when there was none.',
    }),
    error: t.exposeString('error', { nullable: true, description: 'Why the last try failed.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was to be told.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken or given up; null until then.',
    }),
  }),
});

const Webhook = builder.objectRef<WebhookRow>('Webhook').implement({
  description: 'An address that is told of events. Its secret is never told again.',
  authScopes: administers,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Unique.' }),
    url: t.exposeString('url', { description: 'Where messages are posted.' }),
    events: t.field({
      type: [NotificationKindEnum],
      description: 'Of what it is told.',
      resolve: ({ events }) => events,
    }),
    enabled: t.exposeBoolean('enabled', {
      description: 'Whether it is told anything; switched off by itself when it answers 410 Gone.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    deliveries: t.field({
      type: [WebhookDelivery],
      description: 'Its messages, latest first.',
      args: {
        first: t.arg.int({
          description: 'At most so many, 1 to 100.',
          defaultValue: 10,
          validate: z.number().min(1).max(100).nullish(),
        }),
      },
      resolve: ({ id }, { first }, { prisma }) =>
        prisma.webhookDelivery.findMany({
          where: { webhookId: id },
          orderBy: { id: 'desc' },
          take: first ?? 10,
        }),
    }),
  }),
});

const WebhookInput = builder.inputType('WebhookInput', {
  description: 'A webhook, whole.',
  fields: (t) => ({
    id: t.id({ description: 'The one that is changed; null makes a new one.' }),
    url: t.string({
      required: true,
      description: 'http:// or https://, on the public internet or allowed by BANCADA_ENDPOINT_ALLOW.',
    }),
    events: t.field({
      type: [NotificationKindEnum],
      required: true,
      description: 'Of what it is told; at least one.',
    }),
    enabled: t.boolean({ description: 'Whether it is told anything; true when left out.' }),
    secret: t.string({
      description:
        '`whsec_` and 24 to 64 bytes in base64. Left out, a new one gets a secret, a changed one keeps its own.',
    }),
  }),
});

const SaveWebhookSuccess = builder.objectRef<SavedWebhook>('MutationSaveWebhookSuccess').implement({
  description: 'It was kept.',
  authScopes: administers,
  fields: (t) => ({
    data: t.field({
      description: 'The webhook as it stands now.',
      type: Webhook,
      resolve: ({ webhook }) => webhook,
    }),
    secret: t.string({
      nullable: true,
      description: 'The secret that was made just now, told this once; null otherwise.',
      resolve: ({ secret }) => secret,
    }),
  }),
});

const SaveWebhookResult = builder.errorUnion('SaveWebhookResult', {
  description: 'The webhook, or why it was not kept.',
  types: [SaveWebhookSuccess, ValidationError, NotFoundError, ConflictError],
  resolveType: () => 'MutationSaveWebhookSuccess',
});

const DeleteWebhookSuccess = builder.objectRef<{ data: string }>('MutationDeleteWebhookSuccess').implement({
  description: 'It is gone, and its log with it.',
  authScopes: administers,
  fields: (t) => ({ data: t.exposeID('data', { description: 'Id of what was deleted.' }) }),
});

const DeleteWebhookResult = builder.errorUnion('DeleteWebhookResult', {
  description: 'The id, or why there was nothing to delete.',
  types: [DeleteWebhookSuccess, NotFoundError],
  resolveType: () => 'MutationDeleteWebhookSuccess',
});

const TestWebhookSuccess = builder.objectRef<{ data: DeliveryRow }>('MutationTestWebhookSuccess').implement({
  description: 'A test is on its way.',
  authScopes: administers,
  fields: (t) => ({
    data: t.field({
      description: 'The message; its status tells how it went.',
      type: WebhookDelivery,
      resolve: ({ data }) => data,
    }),
  }),
});

const TestWebhookResult = builder.errorUnion('TestWebhookResult', {
  description: 'The message, or why none was sent.',
  types: [TestWebhookSuccess, NotFoundError, ConflictError],
  resolveType: () => 'MutationTestWebhookSuccess',
});

builder.queryField('webhooks', (t) =>
  t.field({
    type: [Webhook],
    authScopes: administers,
    description: 'All of them, oldest first.',
    resolve: (_root, _args, { prisma }) => prisma.webhook.findMany({ orderBy: { createdAt: 'asc' } }),
  }),
);

builder.mutationFields((t) => ({
  saveWebhook: t.field({
    type: SaveWebhookResult,
    authScopes: administers,
    description:
      'Makes or changes a webhook. There is one for each address. The same idempotencyKey gives the one that it made.',
    args: {
      input: t.arg({ type: WebhookInput, required: true, description: 'The webhook.' }),
      idempotencyKey: t.arg.string({
        description: 'Any text of your own, one for each webhook wanted; null when repeats are fine.',
      }),
    },
    resolve: async (_root, { input, idempotencyKey }, context) => {
      const saved = await saveWebhook(context, input, idempotencyKey ?? undefined);
      await audit(context.prisma, context, {
        action: 'settings.changed',
        subject: `webhook ${saved.webhook.id}`,
      });
      return saved as never;
    },
  }),
  deleteWebhook: t.field({
    type: DeleteWebhookResult,
    authScopes: administers,
    description: 'With its log.',
    args: { id: t.arg.id({ required: true, description: 'Id of the webhook.' }) },
    resolve: async (_root, { id }, context) => {
      const data = await deleteWebhook(context, id);
      await audit(context.prisma, context, { action: 'settings.changed', subject: `webhook ${id} deleted` });
      return { data } as never;
    },
  }),
  testWebhook: t.field({
    type: TestWebhookResult,
    authScopes: administers,
    description: 'Sends a message of type `test`, signed as every other.',
    args: { id: t.arg.id({ required: true, description: 'Id of the webhook.' }) },
    resolve: async (_root, { id }, context) => ({ data: await testWebhook(context, id) }) as never,
  }),
}));
