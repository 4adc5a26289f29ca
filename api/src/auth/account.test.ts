// The own account, administrators and the audit trail, over HTTP on a real Postgres.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf, graphqlPost, signInDocument, viewerDocument } from '../fixture/graphql-post.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';
import { type Headers, testPassword, testSession, testToken, testUser } from '../fixture/test-user.ts';

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

describe('the own account', () => {
  test('changing the password ends the other sessions and wants the present one', async () => {
    const { prisma } = api.database;
    const id = await testUser(prisma, 'joana', 'VIEWER');
    const [here, there] = [await testSession(prisma, id), await testSession(prisma, id)];
    const change = `mutation ($current: String!, $next: String!) { changePassword(current: $current, next: $next) { __typename } }`;
    const wrong = await post(change, { current: 'no', next: 'another long one' }, here);
    expect(wrong.data).toMatchObject({ changePassword: { __typename: 'ForbiddenError' } });
    const weak = await post(change, { current: testPassword, next: 'joana12345' }, here);
    expect(weak.data).toMatchObject({ changePassword: { __typename: 'ValidationError' } });
    const done = await post(change, { current: testPassword, next: 'another long one' }, here);
    expect(done.data).toMatchObject({ changePassword: { __typename: 'MutationAccountSuccess' } });
    for (const old of [here, there]) expect((await post(viewerDocument, {}, old)).status).toBe(401);
    expect((await post(viewerDocument, {}, cookieOf(done))).status).toBe(200);
    expect((await post(signInDocument, { name: 'joana', password: 'another long one' })).data).toMatchObject({
      signIn: { __typename: 'MutationSignInSuccess' },
    });
  });

  test('sessions are listed with their device and ended one by one or all', async () => {
    const { prisma } = api.database;
    const id = await testUser(prisma, 'luis', 'VIEWER');
    const [here, there] = [await testSession(prisma, id), await testSession(prisma, id)];
    const other = await testSession(prisma, await testUser(prisma, 'ana', 'MEMBER'));
    const listed = await post('{ sessions { id device address current } }', {}, here);
    const sessions = listed.data.sessions as { id: string; current: boolean }[];
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) { __typename } }';
    const target = { id: sessions.find(({ current }) => !current)?.id };
    expect((await post(revoke, target, other)).data).toMatchObject({
      revokeSession: { __typename: 'NotFoundError' },
    });
    await post(revoke, target, here);
    expect((await post(viewerDocument, {}, there)).status).toBe(401);
    await post('mutation { signOutEverywhere { __typename } }', {}, here);
    expect((await post(viewerDocument, {}, here)).status).toBe(401);
  });

  test('security: roles: a token is shown once, stored hashed, bounded by its owner, expires and is revoked', async () => {
    const { prisma } = api.database;
    const member = await testSession(prisma, await testUser(prisma, 'ana', 'MEMBER'));
    const create = `mutation ($input: CreateApiTokenInput!, $key: String) { createApiToken(input: $input, idempotencyKey: $key) { __typename
      ... on MutationCreateApiTokenSuccess { token data { id scopes } } ... on Error { message } } }`;
    const tooMuch = await post(create, { input: { name: 'ci', scopes: ['ADMIN'] } }, member);
    expect(tooMuch.data).toMatchObject({ createApiToken: { __typename: 'ForbiddenError' } });
    const wanted = { input: { name: 'ci', scopes: ['WRITE'], expiresInDays: 1 }, key: 'ci of ana' };
    const made = await post(create, wanted, member);
    expect((await post(create, wanted, member)).data).toMatchObject({
      createApiToken: {
        __typename: 'ConflictError',
        message: expect.stringContaining('"ci of ana" made the token "ci"'),
      },
    });
    const { token, data } = made.data.createApiToken as { token: string; data: { id: string } };
    const bearer = { authorization: `Bearer ${token}` };
    expect((await post(viewerDocument, {}, bearer)).data).toEqual({
      viewer: { name: 'ana', role: 'member', scopes: ['read', 'write'] },
    });
    const stored = await prisma.apiToken.findUniqueOrThrow({ where: { id: data.id } });
    expect(JSON.stringify(stored)).not.toContain(token);
    expect((await post(viewerDocument, {}, { authorization: `Bearer ${stored.tokenHash}` })).status).toBe(
      401,
    );
    await prisma.user.update({ where: { name: 'ana' }, data: { role: 'VIEWER' } });
    expect((await post(viewerDocument, {}, bearer)).data).toMatchObject({ viewer: { scopes: ['read'] } });
    await prisma.apiToken.update({ where: { id: data.id }, data: { expiresAt: new Date() } });
    expect((await post(viewerDocument, {}, bearer)).status).toBe(401);
    const id = await testUser(prisma, 'ana', 'VIEWER');
    const fresh = await testToken(prisma, id, 'read');
    const { apiTokens } = (await post('{ apiTokens { id name } }', {}, member)).data as {
      apiTokens: { id: string; name: string }[];
    };
    const revoke = 'mutation ($id: ID!) { revokeApiToken(id: $id) { __typename } }';
    await post(revoke, { id: apiTokens.find(({ name }) => name === 'read')?.id }, member);
    expect((await post(viewerDocument, {}, fresh)).status).toBe(401);
  });
});

describe('administrators', () => {
  test('make, change, reset and delete users; the last administrator stays', async () => {
    const { prisma } = api.database;
    const admin = await testSession(prisma, await testUser(prisma, 'chefe', 'ADMIN'));
    await prisma.user.deleteMany({ where: { role: 'ADMIN', name: { not: 'chefe' } } });
    const create = `mutation ($input: CreateUserInput!, $key: String) { createUser(input: $input, idempotencyKey: $key) { __typename
      ... on MutationUserSuccess { password data { id name role } } ... on ConflictError { message } } }`;
    const wanted = { input: { name: 'Nova', role: 'VIEWER' }, key: 'nova' };
    const made = await post(create, wanted, admin);
    const { data, password } = made.data.createUser as { data: { id: string }; password: string };
    expect((await post(create, wanted, admin)).data).toMatchObject({
      createUser: { password: null, data: { id: data.id } },
    });
    expect((await post(create, { input: wanted.input }, admin)).data).toMatchObject({
      createUser: { __typename: 'ConflictError' },
    });
    const nova = cookieOf(await post(signInDocument, { name: 'nova', password }));
    const role = 'mutation ($id: ID!, $role: Role!) { setUserRole(id: $id, role: $role) { __typename } }';
    await post(role, { id: data.id, role: 'MEMBER' }, admin);
    expect((await post(viewerDocument, {}, nova)).data).toMatchObject({ viewer: { role: 'member' } });
    const reset =
      'mutation ($id: ID!) { resetPassword(id: $id) { ... on MutationUserSuccess { password } } }';
    const again = (await post(reset, { id: data.id }, admin)).data.resetPassword as {
      password: string;
    };
    expect((await post(viewerDocument, {}, nova)).status).toBe(401);
    const renewed = cookieOf(await post(signInDocument, { name: 'nova', password: again.password }));
    expect((await post(viewerDocument, {}, renewed)).status).toBe(200);
    const remove = 'mutation ($id: ID!) { deleteUser(id: $id) { __typename } }';
    const own = await prisma.user.findUniqueOrThrow({ where: { name: 'chefe' } });
    for (const [mutation, variables] of [
      [role, { id: own.id, role: 'VIEWER' }],
      [remove, { id: own.id }],
    ] as const) {
      const [result] = Object.values((await post(mutation, variables, admin)).data ?? {});
      expect(result).toEqual({ __typename: 'ConflictError' });
    }
    await post(remove, { id: data.id }, admin);
    expect((await post(viewerDocument, {}, renewed)).status).toBe(401);
  });

  test('security: secrets: the audit trail tells who did what and from where, and holds no secret', async () => {
    const { prisma } = api.database;
    const admin = await testSession(prisma, await testUser(prisma, 'chefe', 'ADMIN'));
    await post(signInDocument, { name: 'sk-CANARY-in-the-name', password: 'sk-CANARY-password' });
    const run = await prisma.run.create({ data: { name: 'gone', config: '', status: 'SUCCEEDED' } });
    await post('mutation ($id: ID!) { deleteRun(id: $id) { __typename } }', { id: run.id }, admin);
    const query =
      '{ auditEvents(first: 200) { totalCount nodes { at action actor subject address device detail } } }';
    const { nodes } = (await post(query, {}, admin)).data.auditEvents as {
      nodes: { action: string; actor: string; subject: string }[];
    };
    expect(nodes[0]).toMatchObject({
      action: 'run.deleted',
      actor: 'chefe',
      subject: run.id,
      address: '127.0.0.1',
    });
    expect(nodes[1]).toMatchObject({ action: 'sign-in.refused', actor: 'anonymous', subject: '' });
    const seen = new Set(nodes.map(({ action }) => action));
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'sign-in',
        'sign-out.everywhere',
        'session.revoked',
        'token.created',
        'token.revoked',
        'user.created',
        'user.role',
        'user.deleted',
        'password.changed',
        'password.reset',
      ]),
    );
    expect(JSON.stringify(nodes)).not.toMatch(/CANARY|correct horse|bancada_\w/);
    expect(JSON.stringify(api.logged)).not.toMatch(/CANARY|correct horse|bancada_\w{20}/);
  });

  test('a run tells who asked for it', async () => {
    const { prisma } = api.database;
    const id = await testUser(prisma, 'rita', 'MEMBER');
    const token = await testToken(prisma, id, 'write');
    const suite =
      'name: s\nmodels: [{provider: scripted, name: one, answer: "1"}]\ntasks: [tiny-arithmetic]\n';
    const create = `mutation ($suite: String!) { createRun(input: { suite: $suite }) {
      ... on MutationCreateRunSuccess { data { createdBy { name } } } } }`;
    expect((await post(create, { suite }, token)).data).toEqual({
      createRun: { data: { createdBy: { name: 'rita' } } },
    });
    const rest = await fetch(`${api.url}/api/v1/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...token },
      body: JSON.stringify({ suite }),
    });
    expect(rest.status).toBe(202);
    expect(await prisma.run.count({ where: { createdById: id } })).toBe(2);
  });
});

test('while authentication is off, nobody signs in and the local user is an administrator', async () => {
  const open = await startTestApi();
  expect(await open.query(viewerDocument)).toEqual({
    viewer: { name: 'local', role: 'admin', scopes: ['read', 'write', 'admin'] },
  });
  expect(await open.query(signInDocument, { name: 'a', password: 'b' })).toMatchObject({
    signIn: { __typename: 'ConflictError' },
  });
  expect(await open.query('mutation { changePassword(current: "a", next: "b") { __typename } }')).toEqual({
    changePassword: { __typename: 'ForbiddenError' },
  });
  await open.close();
});
