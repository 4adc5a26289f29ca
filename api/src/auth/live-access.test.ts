// Open sockets, streams and who may open them: origin, cookie or token, number, size; and that they end with the access.
import { once } from 'node:events';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { graphqlPost } from '../fixture/graphql-post.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';
import { type Headers, testSession, testToken, testUser } from '../fixture/test-user.ts';
import { maxMessageBytes, maxSocketsPerUser } from '../websocket.ts';

let api: TestApi;
let userId: string;

beforeAll(async () => {
  api = await startTestApi({ auth: true });
  userId = await testUser(api.database.prisma, 'maria', 'MEMBER');
  await api.database.prisma.activity.create({ data: { kind: 'worker.started' } });
});
afterAll(() => api.close());

// Ends are to come within 5 s; a busy machine gets some more.
const soonMs = 8_000;
const query = 'subscription { activity(afterSequence: 0) { kind } }';

function connect(headers: Headers, connectionParams: Record<string, string> = {}): Client {
  class Socket extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers } satisfies ClientOptions);
    }
  }
  return createClient({ url: socketUrl(), webSocketImpl: Socket, connectionParams, retryAttempts: 0 });
}

function socketUrl(): string {
  return `${api.url.replace('http', 'ws')}/graphql`;
}

/** Subscribes, hears the first event, and gives what ends it. */
async function listen(client: Client): Promise<{ readonly ended: Promise<{ readonly code?: number }> }> {
  const events = client.iterate<{ activity: { kind: string } }>({ query });
  expect((await events.next()).value?.data?.activity.kind).toBe('worker.started');
  const ended = events.next().then(
    () => ({}),
    (thrown) => thrown as { code: number },
  );
  return { ended };
}

test('security: WebSocket: a cookie or a token in connectionParams opens it, nothing else does', async () => {
  const { prisma } = api.database;
  const token = await testToken(prisma, userId, 'read');
  for (const client of [
    connect(await testSession(prisma, userId)),
    connect({}, { authorization: token.authorization ?? '' }),
    connect(token),
  ]) {
    await listen(client);
    await client.dispose();
  }
  await expect(listen(connect({}))).rejects.toMatchObject({ code: 4403 });
  await expect(listen(connect({}, { authorization: 'Bearer bancada_no' }))).rejects.toMatchObject({
    code: 4403,
  });
});

test('security: WebSocket: another site is refused whatever cookie it brings', async () => {
  const headers = { ...(await testSession(api.database.prisma, userId)), origin: 'https://evil.example' };
  const socket = new WebSocket(socketUrl(), 'graphql-transport-ws', { headers });
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  expect(response.statusCode).toBe(403);
});

test('security: WebSocket: a revoked token, sign-out and another role end what is open within seconds', async () => {
  const { prisma } = api.database;
  const token = await testToken(prisma, userId, 'read');
  const cookie = await testSession(prisma, userId);
  const other = await testUser(prisma, 'joana', 'ADMIN');
  const demoted = await testSession(prisma, other);
  const clients = [
    connect({}, { authorization: token.authorization ?? '' }),
    connect(cookie),
    connect(demoted),
  ];
  const ends = await Promise.all(clients.map(listen));
  await prisma.apiToken.deleteMany({ where: { userId } });
  await graphqlPost(api.url, 'mutation { signOut { __typename } }', {}, cookie);
  await prisma.user.update({ where: { id: other }, data: { role: 'VIEWER' } });
  const begun = performance.now();
  for (const { ended } of ends) expect(await ended).toMatchObject({ code: 4403 });
  expect(performance.now() - begun).toBeLessThan(soonMs);
  await Promise.all(clients.map((client) => client.dispose()));
});

test('security: WebSocket: a stream of server-sent events ends with its session too', async () => {
  const cookie = await testSession(api.database.prisma, userId);
  const answer = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { ...cookie, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  });
  const reading = answer.text().then(
    () => 'ended',
    () => 'ended',
  );
  const begun = performance.now();
  await graphqlPost(api.url, 'mutation { signOut { __typename } }', {}, cookie);
  expect(await reading).toBe('ended');
  expect(performance.now() - begun).toBeLessThan(soonMs);
});

test('security: WebSocket: a user has so many connections and no more', async () => {
  const cookie = await testSession(
    api.database.prisma,
    await testUser(api.database.prisma, 'many', 'VIEWER'),
  );
  const clients = Array.from({ length: maxSocketsPerUser }, () => connect(cookie));
  await Promise.all(clients.map(listen));
  const oneMore = connect(cookie);
  await expect(listen(oneMore)).rejects.toMatchObject({ code: 4429 });
  await Promise.all([...clients, oneMore].map((client) => client.dispose()));
});

test('security: WebSocket: a message over 64 kB closes it', async () => {
  const socket = new WebSocket(socketUrl(), 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('x'.repeat(maxMessageBytes + 1));
  const [code] = await once(socket, 'close');
  expect(code).toBe(1009);
});
