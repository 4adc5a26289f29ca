// What is refused before GraphQL answers: forged requests, too much at once, introspection by nobody; the same over HTTP and WebSocket.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, Kind, parse } from 'graphql';
import { serverAudits } from 'graphql-http';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { graphqlPost } from '../fixture/graphql-post.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';
import { type Headers, testSession, testUser } from '../fixture/test-user.ts';
import { queryLimits } from '../query-limits.ts';

let open: TestApi;
let closed: TestApi;
let cookie: Headers;

beforeAll(async () => {
  [open, closed] = await Promise.all([startTestApi(), startTestApi({ auth: true })]);
  const { prisma } = closed.database;
  cookie = await testSession(prisma, await testUser(prisma, 'maria', 'ADMIN'));
});
afterAll(() => Promise.all([open.close(), closed.close()]));

const signOut = 'mutation { signOut { __typename } }';
const evil = { origin: 'https://evil.example' };

function multipart(query: string): FormData {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query }));
  form.set('map', '{}');
  return form;
}

describe('security: CSRF', () => {
  const simple: Readonly<Record<string, RequestInit>> = {
    multipart: { method: 'POST', body: multipart(signOut) },
    urlencoded: { method: 'POST', body: new URLSearchParams({ query: signOut }) },
    'text/plain': { method: 'POST', body: JSON.stringify({ query: signOut }) },
    'no content type': { method: 'POST', body: new Blob([JSON.stringify({ query: signOut })]) },
  };

  test.each(Object.entries(simple))(
    'security: CSRF: %s from another site, or from nowhere, is 403',
    async (_name, init) => {
      const { prisma } = closed.database;
      const victim = await testSession(prisma, await testUser(prisma, 'victim', 'ADMIN'));
      for (const headers of [
        { ...victim, ...evil },
        victim,
        {},
        { ...victim, 'sec-fetch-site': 'cross-site' },
      ]) {
        for (const { url } of [open, closed]) {
          expect((await fetch(`${url}/graphql`, { ...init, headers })).status).toBe(403);
        }
      }
      expect((await graphqlPost(closed.url, '{ viewer { name } }', {}, victim)).status).toBe(200);
    },
  );

  test('security: CSRF: a query by GET wants the own page when a cookie comes along', async () => {
    const ask = (headers: Headers) => fetch(`${closed.url}/graphql?query={viewer{name}}`, { headers });
    expect((await ask({ ...cookie, ...evil })).status).toBe(403);
    expect((await ask({ ...cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await ask(cookie)).status).toBe(403);
    expect((await ask({ ...cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await ask({ ...cookie, origin: closed.url })).status).toBe(200);
    expect((await ask({ ...cookie, 'x-requested-with': 'script' })).status).toBe(200);
  });

  test('security: CSRF: JSON from a script needs nothing more; JSON from another site is refused', async () => {
    expect((await graphqlPost(closed.url, '{ viewer { name } }', {}, cookie)).status).toBe(200);
    const answer = await fetch(`${closed.url}/graphql`, {
      method: 'POST',
      headers: { ...cookie, ...evil, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { name } }' }),
    });
    expect(answer.status).toBe(403);
  });

  test('security: CSRF: a REST upload from another site is 403', async () => {
    const form = new FormData();
    form.set('name', 'x');
    for (const headers of [{ ...cookie, ...evil }, cookie]) {
      const answer = await fetch(`${closed.url}/api/v1/runs`, { method: 'POST', headers, body: form });
      expect(answer.status).toBe(403);
    }
  });

  test('security: CSRF: a mutation by GET is 405', async () => {
    const answer = await fetch(`${open.url}/graphql?query=${encodeURIComponent(signOut)}`, {
      headers: { accept: 'application/graphql-response+json' },
    });
    expect(answer.status).toBe(405);
  });

  test.each(serverAudits({ url: () => `${open.url}/graphql` }).map((audit) => [audit.name, audit] as const))(
    'security: CSRF: GraphQL over HTTP: %s',
    async (_name, audit) => {
      const result = await audit.fn();
      expect(result.status, 'reason' in result ? result.reason : '').not.toBe('error');
    },
  );
});

const aliases = (count: number) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: viewer { name }`).join(' ')} }`;
const nested = (depth: number) =>
  `{ runs { nodes { ${'suite { runs(first: 1) { '.repeat(depth)} id ${'} }'.repeat(depth)} } } }`;
const tooMuch: Readonly<Record<string, string>> = {
  '100 aliases': aliases(100),
  'a depth of 30': nested(14),
  '60 directives': `{ viewer { name ${'@include(if: true) '.repeat(60)} } }`,
  '3,000 tokens': `{ viewer { ${'name '.repeat(3_000)} } }`,
  'lists of lists of lists':
    '{ runs(first: 200) { nodes { samples(first: 200) { nodes { id input target output } } } } }',
};

describe('security: GraphQL limits', () => {
  test.each(Object.entries(tooMuch))(
    'security: GraphQL limits: %s get an error and no data, over HTTP, SSE and WebSocket',
    async (_name, query) => {
      const { data, errors } = await graphqlPost(open.url, query);
      expect([data, errors.length > 0]).toEqual([{}, true]);
      const events = await fetch(`${open.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query }),
      });
      const text = await events.text();
      expect(text).toContain('"errors":[');
      expect(text).not.toContain('"data":{');
      const client = createClient({
        url: `${open.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      const results = [];
      try {
        for await (const result of client.iterate({ query })) results.push(result);
      } catch (thrown) {
        // graphql-ws tells errors that come before execution by throwing them.
        results.push({ errors: thrown as unknown[] });
      }
      expect(results).toHaveLength(1);
      expect(results[0]?.errors?.length).toBeGreaterThan(0);
      expect(results[0]).not.toHaveProperty('data.viewer');
      await client.dispose();
    },
  );

  test('security: GraphQL limits: an array of requests is 400', async () => {
    const answer = await fetch(`${open.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    expect(answer.status).toBe(400);
  });

  test('security: GraphQL limits: every query of the dashboard stays within them', async () => {
    const documents = dashboardDocuments();
    expect(documents.length).toBeGreaterThan(15);
    const schema = buildSchema(
      readFileSync(path.resolve(import.meta.dirname, '../../schema.graphql'), 'utf8'),
    );
    const broken: string[] = [];
    for (const document of documents) {
      const { definitions } = parse(document, { maxTokens: queryLimits.tokens });
      const [operation] = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
      if (operation === undefined || operation.operation === 'subscription') continue;
      // Without its variables it is refused for them alone; limits would be told before.
      const { errors } = await graphqlPost(open.url, document, longestPages);
      const limit = errors.find(({ message }) => /limit of/.test(message));
      if (limit) broken.push(`${operation.name?.value}: ${limit.message}`);
    }
    expect(schema.getQueryType()).toBeDefined();
    expect(broken).toEqual([]);
  });
});

const longestPages = { first: 200, id: '019a0000-0000-7000-8000-000000000000', maxPoints: 500 };

// The text of each graphql(`…`) in the dashboard's sources.
function dashboardDocuments(): string[] {
  const root = path.resolve(import.meta.dirname, '../../../pwa/src');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(path.join(root, name), 'utf8').matchAll(/graphql\(\s*`([^`]+)`/g)])
    .map((found) => found[1] ?? '')
    .filter((text) => !text.trim().startsWith('fragment') && !text.includes('${') && !text.includes('...'));
}

describe('security: introspection', () => {
  const query = '{ __schema { queryType { name } } }';

  test('security: introspection: open while authentication is off, for signed-in users alone while it is on', async () => {
    const wanted = { __schema: { queryType: { name: 'Query' } } };
    expect((await graphqlPost(open.url, query)).data).toEqual(wanted);
    expect((await graphqlPost(closed.url, query, {}, cookie)).data).toEqual(wanted);
    for (const probe of [
      query,
      '{ authState { enabled } __type(name: "Run") { name } }',
      '{ ...f } fragment f on Query { __schema { types { name } } }',
    ]) {
      const { data, errors, status } = await graphqlPost(closed.url, probe);
      expect([data, errors.length, status]).toEqual([{}, 1, 401]);
    }
  });
});
