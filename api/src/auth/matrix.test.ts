// Every operation and route × everybody who may ask: the schema and the route table are walked, so that a new one is here by itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DummyOperation, dummyOperations } from '../fixture/dummy-operation.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';
import { type Headers, testSession, testToken, testUser } from '../fixture/test-user.ts';
import { routes } from '../rest/registry.ts';
import { schema } from '../schema/index.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ auth: true });
  await api.database.prisma.activity.create({ data: { kind: 'worker.started' } });
});
afterAll(() => api.close());

type Rule = 'open' | 'own' | 'read' | 'write' | 'admin';

// A session or token of its own for each request: some of them end it.
const principals: Readonly<Record<string, { readonly may: readonly Rule[]; show(): Promise<Headers> }>> = {
  anonymous: { may: ['open'], show: async () => ({}) },
  viewer: { may: ['open', 'own', 'read'], show: () => session('VIEWER') },
  member: { may: ['open', 'own', 'read', 'write'], show: () => session('MEMBER') },
  admin: { may: ['open', 'own', 'read', 'write', 'admin'], show: () => session('ADMIN') },
  'read token of an admin': { may: ['open', 'read'], show: () => token('ADMIN', 'read') },
  'write token of an admin': { may: ['open', 'read', 'write'], show: () => token('ADMIN', 'write') },
  'admin token of an admin': { may: ['open', 'read', 'write', 'admin'], show: () => token('ADMIN', 'admin') },
  'admin token of a member': { may: ['open', 'read', 'write'], show: () => token('MEMBER', 'admin') },
  'write token of a viewer': { may: ['open', 'read'], show: () => token('VIEWER', 'write') },
  'made-up token': { may: ['open'], show: async () => ({ authorization: 'Bearer bancada_made-up' }) },
};

// Nothing else is for everybody. /metrics has a token of its own, METRICS_TOKEN.
const openOperations = ['authState', 'setUp', 'signIn', 'signOut'];
const openRoutes = [
  'GET /api/v1/openapi.json',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'GET /schema/suite.json',
];

// JSON, and a header that no foreign page can send.
const scriptHeaders = { 'content-type': 'application/json', 'x-requested-with': 'matrix' };

const operations = dummyOperations(schema);

test('security: roles: every operation has one rule, and what is open to everybody is on the list', () => {
  expect(operations.filter(({ rule }) => rule === undefined || Object.keys(rule).length !== 1)).toEqual([]);
  expect(
    operations
      .filter((one) => ruleOf(one) === 'open')
      .map(({ field }) => field)
      .sort(),
  ).toEqual(openOperations);
  expect(
    routes
      .filter(({ scope }) => scope === 'open')
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(openRoutes);
});

describe.each(Object.entries(principals))('security: roles: %s', (_name, { may, show }) => {
  test.each(operations.map((one) => [`${one.kind} ${one.field}`, one] as const))(
    '%s',
    async (_field, one) => {
      const allowed = may.includes(ruleOf(one));
      const answer = await ask(one, await show(), allowed ? 700 : 10_000);
      expect(isRefused(answer), JSON.stringify(answer)).toBe(!allowed);
    },
  );

  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s',
    async (_line, { method, path, scope }) => {
      const answer = await fetch(api.url + path.replace(/:\w+/g, 'none'), {
        method,
        headers: { ...(await show()), ...(method === 'GET' ? {} : scriptHeaders) },
        body: method === 'GET' ? null : '{}',
      });
      await answer.body?.cancel();
      expect([401, 403].includes(answer.status), String(answer.status)).toBe(!may.includes(scope));
    },
  );
});

async function session(role: 'VIEWER' | 'MEMBER' | 'ADMIN'): Promise<Headers> {
  const { prisma } = api.database;
  return testSession(prisma, await testUser(prisma, `a-${role.toLowerCase()}`, role));
}

async function token(
  role: 'VIEWER' | 'MEMBER' | 'ADMIN',
  scope: 'read' | 'write' | 'admin',
): Promise<Headers> {
  const { prisma } = api.database;
  return testToken(prisma, await testUser(prisma, `a-${role.toLowerCase()}`, role), scope);
}

function ruleOf({ rule }: DummyOperation): Rule {
  return Object.keys(rule ?? {})[0] as Rule;
}

interface Answer {
  readonly data?: Readonly<
    Record<string, { readonly __typename?: string; readonly message?: string } | null>
  > | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

// Refused with a code, or by the member of the union. A wrong password is a ForbiddenError too, but no want of permission.
function isRefused({ data, errors }: Answer): boolean {
  const codes = errors?.map(({ extensions }) => extensions?.code) ?? [];
  if (codes.includes('UNAUTHENTICATED') || codes.includes('FORBIDDEN')) return true;
  const [value] = Object.values(data ?? {});
  return value?.__typename === 'ForbiddenError' && value.message?.startsWith('no permission') === true;
}

async function ask({ kind, document }: DummyOperation, headers: Headers, silenceMs: number): Promise<Answer> {
  if (kind !== 'subscription') {
    const answer = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: document }),
    });
    return answer.json() as Promise<Answer>;
  }
  const stop = new AbortController();
  const answer = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: document }),
    signal: stop.signal,
  });
  // A refusal comes at once and ends the stream; whoever may listen hears nothing for a while.
  const silence = setTimeout(() => stop.abort(), silenceMs);
  try {
    return eventOf(await answer.text());
  } catch {
    return {};
  } finally {
    clearTimeout(silence);
    stop.abort();
  }
}

function eventOf(text: string): Answer {
  const data = /^data: ?(\{.*)$/m.exec(text)?.[1];
  return data === undefined ? {} : (JSON.parse(data) as Answer);
}
