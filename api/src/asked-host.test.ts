// DNS rebinding, over real sockets: a name of somebody else's that leads here is refused, with Host and Origin agreeing as a browser has them.
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApi, type TestApi } from './fixture/test-api.ts';

let plain: TestApi;
let named: TestApi;
let signedIn: TestApi;

beforeAll(async () => {
  [plain, named, signedIn] = await Promise.all([
    startTestApi(),
    startTestApi({ names: ['bench.lan', '10.0.0.5', '[fd00::1]'] }),
    startTestApi({ auth: true }),
  ]);
});
afterAll(() => Promise.all([plain.close(), named.close(), signedIn.close()]));

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly accept?: string;
  readonly body?: string;
}

/** As a page under that name would ask: `fetch` here would not let the Host be chosen. */
async function ask(api: TestApi, host: string, { path, method = 'GET', accept = '*/*', body }: Asked) {
  const asking = request(`${api.url}${path}`, {
    method,
    setHost: false,
    headers: { host, origin: `http://${host}`, accept, 'content-type': 'application/json' },
  });
  asking.end(body);
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    body: await text(answer),
  };
}

/** The status of the refusal, or 101. */
async function openSocket(api: TestApi, host: string): Promise<{ status: number; body: string }> {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { host, origin: `http://${host}` },
  });
  const opened = once(socket, 'open').then(() => {
    socket.close();
    return { status: 101, body: '' };
  });
  const refused = once(socket, 'unexpected-response').then(async ([, answer]) => ({
    status: (answer as IncomingMessage).statusCode ?? 0,
    body: await text(answer as IncomingMessage),
  }));
  return Promise.race([opened, refused]);
}

const query = JSON.stringify({ query: '{ runs { totalCount } }' });
const requests: readonly Asked[] = [
  { path: '/graphql', method: 'POST', body: query },
  { path: '/graphql', method: 'POST', body: query, accept: 'text/event-stream' },
  { path: '/graphql?query={runs{totalCount}}' },
  { path: '/api/v1/runs' },
  { path: '/api/v1/runs', method: 'POST', body: '{"suite":"quickstart"}' },
  { path: '/metrics' },
  { path: '/' },
];

describe('security: DNS rebinding', () => {
  test.each([
    'evil.example',
    'evil.example:4000',
    '127.0.0.1.nip.io:4000',
    'localhost.evil.example',
    '10.0.0.5:4000',
    '[::2]:4000',
    'localhost@evil.example',
  ])(
    'security: DNS rebinding: a page of %s reads and starts nothing over HTTP, SSE and WebSocket',
    async (host) => {
      for (const asked of requests) {
        const { status, type, body } = await ask(plain, host, asked);
        expect([asked.path, status, type]).toEqual([asked.path, 421, 'application/problem+json']);
        expect(JSON.parse(body)).toMatchObject({ host, detail: expect.stringContaining('BANCADA_HOSTS') });
      }
      const socket = await openSocket(plain, host);
      expect([socket.status, JSON.parse(socket.body).host]).toEqual([421, host]);
      expect(await plain.database.prisma.run.count()).toBe(0);
    },
  );

  test.each(['localhost:5173', 'bench.localhost:4000', '127.0.0.1', '127.9.9.9:8080', '[::1]:4000'])(
    'security: DNS rebinding: %s is this machine',
    async (host) => {
      expect(await ask(plain, host, { path: '/graphql', method: 'POST', body: query })).toMatchObject({
        status: 200,
        body: '{"data":{"runs":{"totalCount":0}}}',
      });
      expect((await openSocket(plain, host)).status).toBe(101);
    },
  );

  test('security: DNS rebinding: names that the operator lists are answered, others are not', async () => {
    for (const host of ['bench.lan', 'Bench.LAN.:443', '10.0.0.5:4000', '[fd00:0::1]:4000', 'localhost']) {
      expect([host, (await ask(named, host, { path: '/api/v1/runs' })).status]).toEqual([host, 200]);
    }
    expect((await ask(named, 'other.lan', { path: '/api/v1/runs' })).status).toBe(421);
  });

  test('security: DNS rebinding: probes of health come by any name, and say no more than their state', async () => {
    expect((await ask(plain, '172.17.0.2:4000', { path: '/healthz' })).body).toBe('{"status":"up"}');
    expect((await ask(plain, 'api', { path: '/readyz' })).status).toBe(503);
  });

  test('security: DNS rebinding: where people sign in, a name brings no cookie of theirs, and any is answered', async () => {
    expect((await ask(signedIn, 'bench.example', { path: '/api/v1/runs' })).status).toBe(401);
  });
});
