// The first administrator, signing in and out, cookies and throttling, over HTTP on a real Postgres.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cookieOf, graphqlPost, signInDocument, viewerDocument } from '../fixture/graphql-post.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';
import { type Headers, testPassword, testUser } from '../fixture/test-user.ts';
import { setupCode } from './setup-code.ts';
import { attemptsAllowed } from './throttle.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ auth: true });
});
afterAll(() => api.close());

function post<Data = Readonly<Record<string, unknown>>>(
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Headers = {},
) {
  return graphqlPost<Data>(api.url, query, variables, headers);
}

const setUp = `mutation ($code: String!, $name: String!, $password: String!) { setUp(code: $code, name: $name, password: $password) {
  __typename ... on Error { message } ... on ValidationError { issues { path value } } ... on MutationSignInSuccess { data { name role } } } }`;

describe('the first administrator', () => {
  const password = 'a long enough one';

  test('security: sessions: set-up wants the code of the log, and of ten at once one wins', async () => {
    expect((await post('{ authState { enabled needsSetup signedIn } }')).data).toEqual({
      authState: { enabled: true, needsSetup: true, signedIn: false },
    });
    const stranger = await post(setUp, { code: 'AAAA-BBBB-CCCC', name: 'eve', password });
    expect(stranger.data).toMatchObject({ setUp: { __typename: 'ForbiddenError' } });
    const code = setupCode(api.services.secrets);
    expect((await post(setUp, { code, name: 'root', password: 'short' })).data).toMatchObject({
      setUp: { __typename: 'ValidationError', issues: [{ path: 'password', value: null }] },
    });
    const racers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => post(setUp, { code, name: `root${index}`, password })),
    );
    const kinds = racers.map(({ data }) => (data.setUp as { __typename: string }).__typename);
    expect(kinds.filter((kind) => kind === 'MutationSignInSuccess')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'ConflictError')).toHaveLength(9);
    expect(await api.database.prisma.user.findMany({ select: { role: true } })).toEqual([{ role: 'ADMIN' }]);
    const winner = racers.find(({ cookies }) => cookies.length > 0);
    expect((await post(viewerDocument, {}, cookieOf(winner ?? { cookies: [] }))).data).toMatchObject({
      viewer: { role: 'admin' },
    });
  });
});

describe('signing in', () => {
  beforeAll(() => testUser(api.database.prisma, 'maria', 'MEMBER'));
  beforeEach(() => api.database.prisma.signInAttempt.deleteMany());

  test('security: sessions: the cookie is HttpOnly and SameSite=Lax; under HTTPS Secure and __Host-', async () => {
    const plain = await post(signInDocument, { name: 'Maria', password: testPassword });
    expect(plain.data).toMatchObject({ signIn: { data: { name: 'maria', role: 'MEMBER' } } });
    expect(plain.cookies[0]).toMatch(/^bancada_session=\w{20,}; .*HttpOnly.*SameSite=Lax/);
    expect(plain.cookies[0]).not.toMatch(/Secure/);
    // The test's own address is loopback's, a trusted proxy.
    const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' };
    const secure = await post(signInDocument, { name: 'maria', password: testPassword }, proxied);
    expect(secure.cookies[0]).toMatch(
      /^__Host-bancada_session=\w+; .*HttpOnly.*Path=\/.*SameSite=Lax.*Secure/,
    );
    expect((await post(viewerDocument, {}, { ...proxied, ...cookieOf(secure) })).status).toBe(200);
    expect((await post(viewerDocument, {}, cookieOf(secure))).status).toBe(401);
  });

  test('security: sessions: forwarding headers of somebody who is no proxy are not believed', async () => {
    const direct = await startTestApi({ auth: true, trustedProxies: ['192.0.2.0/24'] });
    await testUser(direct.database.prisma, 'maria', 'MEMBER');
    const answer = await fetch(`${direct.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '1.2.3.4',
      },
      body: JSON.stringify({ query: signInDocument, variables: { name: 'maria', password: testPassword } }),
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^bancada_session=/);
    expect(await direct.database.prisma.session.findMany({ select: { address: true } })).toEqual([
      { address: '127.0.0.1' },
    ]);
    await direct.close();
  });

  test('security: sessions: what the database holds signs nobody in, and a dead session is 401', async () => {
    const answer = await post(signInDocument, { name: 'maria', password: testPassword });
    const cookie = cookieOf(answer);
    const stored = await api.database.prisma.session.findMany();
    const value = cookie.cookie?.split('=')[1] ?? '';
    expect(JSON.stringify(stored)).not.toContain(value);
    for (const { tokenHash } of stored) {
      expect((await post(viewerDocument, {}, { cookie: `bancada_session=${tokenHash}` })).status).toBe(401);
    }
    expect((await post(viewerDocument, {}, cookie)).status).toBe(200);
    const out = await post('mutation { signOut { __typename } }', {}, cookie);
    expect(out.cookies[0]).toMatch(/^bancada_session=; .*Max-Age=0/);
    expect((await post(viewerDocument, {}, cookie)).status).toBe(401);
    const rest = await fetch(`${api.url}/api/v1/runs`, { headers: cookie });
    expect([rest.status, rest.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
  });

  test('security: sessions: signing in renews the session: a planted cookie is not kept', async () => {
    const first = cookieOf(await post(signInDocument, { name: 'maria', password: testPassword }));
    const second = cookieOf(await post(signInDocument, { name: 'maria', password: testPassword }, first));
    expect(second.cookie).not.toBe(first.cookie);
    expect((await post(viewerDocument, {}, first)).status).toBe(401);
    expect((await post(viewerDocument, {}, second)).status).toBe(200);
  });

  test('security: sessions: used in its second week a session is extended, unused for two it ends', async () => {
    const { prisma } = api.database;
    const cookie = cookieOf(await post(signInDocument, { name: 'maria', password: testPassword }));
    const day = 86_400_000;
    await prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() + 3 * day) } });
    const extended = await post(viewerDocument, {}, cookie);
    expect(extended.cookies[0]).toContain(`${cookie.cookie};`);
    const newest = await prisma.session.findFirst({ orderBy: { expiresAt: 'desc' } });
    expect(Number(newest?.expiresAt)).toBeGreaterThan(Date.now() + 13 * day);
    await prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await post(viewerDocument, {}, cookie)).status).toBe(401);
  });

  test('security: passwords: argon2id with 19 MiB and 2 passes is what is stored', async () => {
    const { passwordHash } = await api.database.prisma.user.findUniqueOrThrow({ where: { name: 'maria' } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('security: passwords: an unknown user is answered with the same words after the same work', async () => {
    const time = async (name: string) => {
      const begun = performance.now();
      const { data } = await post(signInDocument, { name, password: 'not this one' });
      return { ms: performance.now() - begun, said: data };
    };
    await time('maria');
    const rounds = [];
    for (let round = 0; round < 5; round += 1)
      rounds.push([await time('maria'), await time('nobody-here')] as const);
    for (const [known, unknown] of rounds) expect(unknown.said).toEqual(known.said);
    const median = (values: number[]) => values.sort((a, b) => a - b)[2] ?? 0;
    const known = median(rounds.map(([one]) => one.ms));
    const unknown = median(rounds.map(([, one]) => one.ms));
    // Without the hash it would be some 1 ms against 30; the machine may be busy.
    expect(unknown).toBeGreaterThan(known / 3);
  });

  test('security: passwords: after 20 wrong sign-ins the account is refused with 429, the right password too', async () => {
    for (let attempt = 0; attempt < attemptsAllowed; attempt += 1) {
      const { status, data } = await post(signInDocument, { name: 'maria', password: 'wrong' });
      expect([status, data]).toMatchObject([200, { signIn: { __typename: 'ForbiddenError' } }]);
    }
    const elsewhere = { 'x-forwarded-for': '203.0.113.77' };
    const refused = await post(signInDocument, { name: 'maria', password: testPassword }, elsewhere);
    expect(refused).toMatchObject({
      status: 429,
      cookies: [],
      data: { signIn: { __typename: 'ThrottledError' } },
    });
    expect(Number(refused.retryAfter)).toBeGreaterThan(60);
  });

  test('security: passwords: 20 wrong sign-ins of one address with changing names are refused too', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (let attempt = 0; attempt < attemptsAllowed; attempt += 1) {
      await post(
        signInDocument,
        { name: `guess${attempt}`, password: 'wrong' },
        from(`2001:db8:1:2::${attempt}`),
      );
    }
    const right = { name: 'maria', password: testPassword };
    expect((await post(signInDocument, right, from('2001:db8:1:2:ffff::1'))).status).toBe(429);
    expect((await post(signInDocument, right, from('2001:db8:1:3::1'))).status).toBe(200);
  });

  test('security: GraphQL limits: 15 aliased sign-ins count as 15 attempts', async () => {
    const aliased = Array.from(
      { length: 15 },
      (_, index) => `a${index}: signIn(name: "maria", password: "guess ${index}") { __typename }`,
    );
    const { data } = await post(`mutation { ${aliased.join(' ')} }`);
    expect(Object.values(data)).toHaveLength(15);
    const counts = await api.database.prisma.signInAttempt.findMany({ select: { count: true } });
    expect(counts).toEqual([{ count: 15 }, { count: 15 }]);
  });
});
