// savePushSubscription, deletePushSubscription: browsers that take push messages.
import type { PushSubscription as PushRow } from '@bancada/prisma';
import { builder, reads } from '../builder.ts';
import { deletePushSubscription, savePushSubscription } from '../push-store.ts';
import { NotFoundError, ValidationError } from './error.ts';

const PushSubscriptionInput = builder.inputType('PushSubscriptionInput', {
  description: "What the browser's `PushSubscription.toJSON()` gives.",
  fields: (t) => ({
    endpoint: t.string({ required: true, description: 'Address at the push service.' }),
    p256dh: t.string({ required: true, description: 'Public key of the browser, base64url.' }),
    auth: t.string({ required: true, description: 'Shared secret, base64url; kept sealed.' }),
    language: t.string({ description: 'Language of the messages: `en` (when left out) or `pt-BR`.' }),
  }),
});

const PushSubscription = builder.objectRef<PushRow>('PushSubscription').implement({
  description: 'A browser that takes push messages.',
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Unique.' }),
    endpoint: t.exposeString('endpoint', { description: 'Address at the push service.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first kept.' }),
  }),
});

const SavePushSuccess = builder
  .objectRef<{ data: PushRow }>('MutationSavePushSubscriptionSuccess')
  .implement({
    description: 'The browser is told from now on.',
    authScopes: reads,
    fields: (t) => ({
      data: t.field({ description: 'What was kept.', type: PushSubscription, resolve: ({ data }) => data }),
    }),
  });

const SavePushResult = builder.errorUnion('SavePushSubscriptionResult', {
  description: 'The subscription, or what is wrong with it.',
  types: [SavePushSuccess, ValidationError],
  resolveType: () => 'MutationSavePushSubscriptionSuccess',
});

const DeletePushSuccess = builder
  .objectRef<{ data: string }>('MutationDeletePushSubscriptionSuccess')
  .implement({
    description: 'The browser is told no more.',
    authScopes: reads,
    fields: (t) => ({ data: t.exposeString('data', { description: 'Its address.' }) }),
  });

const DeletePushResult = builder.errorUnion('DeletePushSubscriptionResult', {
  description: 'The address, or why there was nothing to forget.',
  types: [DeletePushSuccess, NotFoundError],
  resolveType: () => 'MutationDeletePushSubscriptionSuccess',
});

builder.mutationFields((t) => ({
  savePushSubscription: t.field({
    type: SavePushResult,
    authScopes: reads,
    skipTypeScopes: true,
    description:
      'Sends the notifications of whoever asks to this browser, too. Sent again, it changes nothing.',
    args: { input: t.arg({ type: PushSubscriptionInput, required: true, description: 'The browser.' }) },
    resolve: async (_root, { input }, context) =>
      ({ data: await savePushSubscription(context, input) }) as never,
  }),
  deletePushSubscription: t.field({
    type: DeletePushResult,
    authScopes: reads,
    skipTypeScopes: true,
    description: 'Forgets a browser of whoever asks.',
    args: { endpoint: t.arg.string({ required: true, description: 'Its address at the push service.' }) },
    resolve: async (_root, { endpoint }, context) =>
      ({ data: await deletePushSubscription(context, endpoint) }) as never,
  }),
}));
