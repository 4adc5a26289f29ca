// The inbox, preferences, browsers and webhooks over HTTP; what belongs to another user stays unseen.
import { createECDH, randomBytes } from 'node:crypto';
import { raiseNotification, secretPurposes } from '@bancada/prisma';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localViewer } from '../auth/viewer.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';
import { countUnread, markRead } from '../inbox.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const raise = (subject: string, more: object = {}) =>
  api.database.prisma.$transaction((transaction) =>
    raiseNotification(transaction, {
      kind: 'RUN_FAILED',
      userId: undefined,
      subject,
      detail: 'why',
      parameters: { reason: 'why' },
      ...more,
    }),
  );

describe('the inbox', () => {
  test('lists the latest first, counts the unread, and marks them read', async () => {
    const ids = [await raise('one'), await raise('two'), await raise('three')];
    const inbox =
      '{ notifications(first: 2) { totalCount nodes { subject kind detail parameters readAt } pageInfo { hasNextPage } } viewer { unreadNotifications } }';
    expect(await api.query(inbox)).toEqual({
      notifications: {
        totalCount: 3,
        nodes: ['three', 'two'].map((subject) => ({
          subject,
          kind: 'RUN_FAILED',
          detail: 'why',
          parameters: { reason: 'why' },
          readAt: null,
        })),
        pageInfo: { hasNextPage: true },
      },
      viewer: { unreadNotifications: 3 },
    });
    const mark = 'mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) }';
    expect(await api.query(mark, { ids: [ids[0]] })).toEqual({ markNotificationsRead: 2 });
    expect(await api.query('{ notifications(unread: true) { nodes { subject } } }')).toEqual({
      notifications: { nodes: [{ subject: 'three' }, { subject: 'two' }] },
    });
    expect(await api.query(mark)).toEqual({ markNotificationsRead: 0 });
  });

  test('is one’s own: another user neither sees nor reads it', async () => {
    const user = await api.database.prisma.user.create({ data: { name: 'ana', passwordHash: '' } });
    const viewer = (role: 'member' | 'admin', id = user.id) => ({
      ...api.services,
      viewer: { ...localViewer, id, role },
    });
    await raise('hers', { userId: user.id });
    expect(await countUnread(viewer('member'))).toBe(1);
    const { notifications } = await api.query<{ notifications: { nodes: { subject: string }[] } }>(
      '{ notifications { nodes { subject } } }',
    );
    expect(notifications.nodes.map(({ subject }) => subject)).not.toContain('hers');
    await api.query('mutation { markNotificationsRead }');
    expect(await countUnread(viewer('member'))).toBe(1);
    expect(await markRead(viewer('admin'), undefined)).toBe(0);
  });

  test('raises a key once, tells the stream, and follows what is wanted', async () => {
    expect(await raise('disk', { onceKey: 'k' })).toBeTypeOf('string');
    expect(await raise('disk', { onceKey: 'k' })).toBeUndefined();
    const set = 'mutation { setNotificationPreference(kind: RUN_FAILED, inApp: false) { kind inApp push } }';
    const { setNotificationPreference: wanted } = await api.query<{ setNotificationPreference: object[] }>(
      set,
    );
    expect(wanted).toContainEqual({ kind: 'RUN_FAILED', inApp: false, push: true });
    expect(wanted).toHaveLength(5);
    const activities = () => api.database.prisma.activity.count({ where: { kind: 'notification.created' } });
    const before = await activities();
    await raise('unseen');
    expect(await activities()).toBe(before);
    expect(await api.query('{ notifications(unread: true) { nodes { subject } } }')).toEqual({
      notifications: { nodes: [{ subject: 'disk' }] },
    });
  });
});

describe('browsers', () => {
  const save = `mutation ($input: PushSubscriptionInput!) { savePushSubscription(input: $input) { __typename
    ... on ValidationError { issues { path value } } ... on MutationSavePushSubscriptionSuccess { data { endpoint } } } }`;
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');

  test('are kept once with their secret sealed, and forgotten', async () => {
    const input = { endpoint: 'https://push.example.org/abc', p256dh, auth, language: 'pt-BR' };
    for (let n = 0; n < 2; n += 1) {
      expect(await api.query(save, { input })).toMatchObject({
        savePushSubscription: { data: { endpoint: input.endpoint } },
      });
    }
    const [kept, ...others] = await api.database.prisma.pushSubscription.findMany();
    expect(others).toEqual([]);
    expect(kept?.auth).not.toContain(auth);
    expect(api.services.secrets.unseal(kept?.auth ?? '', secretPurposes.push)).toBe(auth);
    const forget = 'mutation ($e: String!) { deletePushSubscription(endpoint: $e) { __typename } }';
    expect(await api.query(forget, { e: input.endpoint })).toMatchObject({
      deletePushSubscription: { __typename: 'MutationDeletePushSubscriptionSuccess' },
    });
    expect(await api.query(forget, { e: input.endpoint })).toMatchObject({
      deletePushSubscription: { __typename: 'NotFoundError' },
    });
  });

  test.each([
    ['endpoint', { endpoint: 'https://169.254.169.254/x' }],
    ['endpoint', { endpoint: 'http://push.example.org/x' }],
    ['p256dh', { p256dh: 'AAAA' }],
    ['auth', { auth: 'not base64!' }],
  ])('a wrong %s is refused', async (path, wrong) => {
    const input = { endpoint: 'https://push.example.org/x', p256dh, auth, ...wrong };
    expect(await api.query(save, { input })).toMatchObject({
      savePushSubscription: { __typename: 'ValidationError', issues: [{ path }] },
    });
  });

  test('get one public key, whoever asks at once', async () => {
    const ask = () => api.query<{ viewer: { vapidPublicKey: string } }>('{ viewer { vapidPublicKey } }');
    const keys = (await Promise.all([ask(), ask(), ask()])).map(({ viewer }) => viewer.vapidPublicKey);
    expect(new Set(keys).size).toBe(1);
    expect(Buffer.from(keys[0] ?? '', 'base64url')).toHaveLength(65);
    const kept = await api.database.prisma.pushKey.findUniqueOrThrow({ where: { id: 1 } });
    expect(kept.privateKey).toMatch(/^v1\./);
  });
});

describe('webhooks', () => {
  const save = `mutation ($input: WebhookInput!, $key: String) { saveWebhook(input: $input, idempotencyKey: $key) { __typename ... on Error { message }
    ... on ValidationError { issues { path } } ... on MutationSaveWebhookSuccess { secret data { id url events enabled } } } }`;
  interface Saved {
    readonly saveWebhook: { readonly secret: string | null; readonly data: { readonly id: string } };
  }
  const input = { url: 'https://ci.example.org/hook', events: ['GATE_MISSED', 'GATE_MISSED'] };

  test('are kept with a secret that is told once, tested, changed and deleted', async () => {
    const { saveWebhook: made } = await api.query<Saved>(save, { input, key: 'hook' });
    expect(await api.query(save, { input, key: 'hook' })).toMatchObject({
      saveWebhook: { secret: null, data: { id: made.data.id } },
    });
    expect(made).toMatchObject({ data: { url: input.url, events: ['GATE_MISSED'], enabled: true } });
    expect(made.secret).toMatch(/^whsec_/);
    expect(await api.query(save, { input })).toMatchObject({ saveWebhook: { __typename: 'ConflictError' } });
    const { id } = made.data;
    const changed = { id, ...input, events: ['RUN_ENDED'], enabled: false };
    expect(await api.query(save, { input: changed })).toMatchObject({
      saveWebhook: { secret: null, data: { id, events: ['RUN_ENDED'], enabled: false } },
    });
    const { secret } = await api.database.prisma.webhook.findUniqueOrThrow({ where: { id } });
    expect(api.services.secrets.unseal(secret, secretPurposes.webhook)).toBe(made.secret);
    const test_ =
      'mutation ($id: ID!) { testWebhook(id: $id) { __typename ... on MutationTestWebhookSuccess { data { event status } } } }';
    expect(await api.query(test_, { id })).toMatchObject({ testWebhook: { __typename: 'ConflictError' } });
    await api.query(save, { input: { ...changed, enabled: true } });
    expect(await api.query(test_, { id })).toMatchObject({
      testWebhook: { data: { event: 'test', status: 'PENDING' } },
    });
    expect(await api.query('{ webhooks { url deliveries { event attempts } } }')).toEqual({
      webhooks: [{ url: input.url, deliveries: [{ event: 'test', attempts: 0 }] }],
    });
    const remove = 'mutation ($id: ID!) { deleteWebhook(id: $id) { __typename } }';
    expect(await api.query(remove, { id })).toMatchObject({
      deleteWebhook: { __typename: 'MutationDeleteWebhookSuccess' },
    });
    expect(await api.query(remove, { id })).toMatchObject({ deleteWebhook: { __typename: 'NotFoundError' } });
  });

  test.each([
    ['url', { url: 'http://10.0.0.1/hook' }],
    ['url', { url: 'ftp://ci.example.org' }],
    ['url', { url: 'https://me:pass@ci.example.org' }],
    ['events', { events: [] }],
    ['secret', { secret: 'whsec_c2hvcnQ=' }],
    ['secret', { secret: 'plain' }],
  ])('a wrong %s is refused', async (path, wrong) => {
    expect(await api.query(save, { input: { ...input, ...wrong } })).toMatchObject({
      saveWebhook: { __typename: 'ValidationError', issues: [{ path }] },
    });
  });
});
