// Models come in by path and by address, are probed, changed and deleted, over HTTP; keys stay inside, addresses outside the policy unasked.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTestHub } from '@bancada/core';
import { seed } from '@bancada/prisma';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestEndpoint, type TestEndpoint } from '../../../core/src/model/test-endpoint.ts';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const bundled = path.resolve(import.meta.dirname, '../../../data');
const key = 'sk-CANARY-0123456789abcdef';

let home: string;
let api: TestApi;
let closed: TestApi;
let endpoint: TestEndpoint;
let generatedOnly: TestEndpoint;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-api-models-'));
  endpoint = await startTestEndpoint({ modern: true });
  generatedOnly = await startTestEndpoint({ echo: 'generated' });
  api = await startTestApi({ homes: [home, bundled] });
  closed = await startTestApi({ homes: [home, bundled], variables: { BANCADA_AUTH: 'on' } });
  await seed(api.database.prisma, [home, bundled]);
});
afterAll(async () => {
  await Promise.all([api.close(), closed.close(), endpoint.close(), generatedOnly.close()]);
  await rm(home, { recursive: true, force: true });
});
beforeEach(() => {
  endpoint.seen.length = 0;
});

const registerModel = `mutation ($input: RegisterModelInput!, $key: String) { result: registerModel(input: $input, idempotencyKey: $key) { __typename
  ... on MutationModelChangeSuccess { data { id name provider kind fault source options parameters contextLength licence bundled
    metadata { architecture quantisation vocabulary chatTemplate bytes }
    endpoint { id baseUrl model hasKey latencyMs fault checkedAt checks { capability works reason } listed } } }
  ... on ValidationError { message issues { path message value } } ... on Error { message } } }`;
const updateModel = `mutation ($id: ID!, $input: UpdateModelInput!) { result: updateModel(id: $id, input: $input) { __typename
  ... on MutationModelChangeSuccess { data { description options endpoint { baseUrl hasKey model } } }
  ... on ValidationError { issues { path message } } ... on Error { message } } }`;
const deleteModel = `mutation ($id: ID!, $force: Boolean) { result: deleteModel(id: $id, force: $force) { __typename
  ... on MutationDeleteModelSuccess { data } ... on Error { message } } }`;
const probeEndpoint = `mutation ($input: ProbeEndpointInput!) { result: probeEndpoint(input: $input) { __typename
  ... on MutationProbeEndpointSuccess { data { model models contextLength latencyMs checks { capability works reason } } }
  ... on ValidationError { issues { path message value } } ... on Error { message } } }`;
const createRun = `mutation ($input: RunInput!) { result: createRun(input: $input) { __typename
  ... on MutationCreateRunSuccess { data { id } } ... on CapabilityError { message missing hint } ... on Error { message } } }`;

interface Result {
  readonly __typename: string;
  readonly message?: string;
  readonly issues?: readonly { readonly path: string; readonly message: string; readonly value: unknown }[];
  readonly data: {
    readonly id: string;
    readonly endpoint: { readonly id: string; readonly checks: readonly { readonly works: boolean }[] };
  };
}
const send = async (query: string, variables: Record<string, unknown>, to = api): Promise<Result> =>
  (await to.query<{ result: Result }>(query, variables)).result;
const register = (input: Record<string, unknown>, idempotencyKey?: string) =>
  send(registerModel, { input, key: idempotencyKey });

describe('an endpoint', () => {
  it('is probed, kept with its key sealed, and found by suites', async () => {
    const input = {
      name: 'toy-endpoint',
      description: 'A toy',
      endpoint: { baseUrl: `${endpoint.url}/`, apiKey: key, options: { concurrency: 2 } },
    };
    const { data } = await register(input, 'once');
    expect(data).toMatchObject({
      name: 'toy-endpoint',
      provider: 'openai-compatible',
      bundled: false,
      fault: null,
      contextLength: 4096,
      options: { base_url: endpoint.url, model: 'toy', concurrency: 2 },
      endpoint: { baseUrl: endpoint.url, model: 'toy', hasKey: true, fault: null, listed: ['toy'] },
    });
    expect(data.endpoint.checks.map(({ works }) => works)).toEqual(Array(7).fill(true));
    expect(endpoint.seen[0]?.headers.authorization).toBe(`Bearer ${key}`);
    const asked = endpoint.seen.length;
    expect((await register(input, 'once')).data.id).toBe(data.id);
    expect(endpoint.seen).toHaveLength(asked);
    expect(await register({ ...input, name: 'toy-endpoint' })).toMatchObject({
      __typename: 'ConflictError',
      message: expect.stringContaining('toy-endpoint'),
    });
    const suite = 'name: s\nmodels: [toy-endpoint]\ntasks: [tiny-arithmetic]\n';
    expect(await send(createRun, { input: { suite, limit: 2 } })).toMatchObject({
      __typename: 'MutationCreateRunSuccess',
    });
    await seed(api.database.prisma, [home, bundled]);
    const { models } = await api.query<{ models: { nodes: object[] } }>(
      '{ models(search: "toy-endpoint") { nodes { endpoint { hasKey } fault bundled } } }',
    );
    expect(models.nodes).toEqual([{ endpoint: { hasKey: true }, fault: null, bundled: false }]);
  });

  it('is probed again, its fault kept, and read again when it is back', async () => {
    const broken = await startTestEndpoint();
    const { data } = await register({ name: 'gone', endpoint: { baseUrl: broken.url } });
    await broken.close();
    const again = await send(probeEndpoint, { input: { modelId: data.id } });
    expect(again).toMatchObject({ __typename: 'ValidationError', issues: [{ path: 'endpoint.baseUrl' }] });
    const { node } = await api.query<{ node: object }>(
      `{ node(id: "${data.id}") { ... on Model { endpoint { fault } } } }`,
    );
    expect(node).toMatchObject({ endpoint: { fault: expect.stringContaining('nothing listens there') } });
  });

  it('that nothing answers at is refused with the reason, or kept when that is wanted', async () => {
    const input = { name: 'later', endpoint: { baseUrl: 'http://127.0.0.1:9/v1', model: 'm' } };
    expect(await register(input)).toMatchObject({
      __typename: 'ValidationError',
      issues: [{ path: 'endpoint.baseUrl', message: expect.stringContaining('nothing listens') }],
    });
    expect(existsSync(path.join(home, 'models', 'later'))).toBe(false);
    expect(await register({ ...input, unreachable: true })).toMatchObject({
      data: { endpoint: { fault: expect.stringContaining('nothing listens') } },
    });
  });

  it('may be changed; a key goes to no other address', async () => {
    const { data } = await register({ name: 'moving', endpoint: { baseUrl: endpoint.url, apiKey: key } });
    const other = generatedOnly.url;
    const refused = await send(updateModel, { id: data.id, input: { endpoint: { baseUrl: other } } });
    expect(refused).toMatchObject({ __typename: 'ValidationError', issues: [{ path: 'endpoint.apiKey' }] });
    const moved = await send(updateModel, {
      id: data.id,
      input: { description: 'elsewhere', endpoint: { baseUrl: other, apiKey: null } },
    });
    expect(moved.data).toEqual({
      description: 'elsewhere',
      options: { base_url: other, model: 'toy' },
      endpoint: { baseUrl: other, hasKey: false, model: 'toy' },
    });
    expect(await readFile(path.join(home, 'models', 'moving', 'model.yaml'), 'utf8')).toContain(other);
  });

  it('that cannot do a task blocks it, with the reason', async () => {
    await register({ name: 'no-echo', endpoint: { baseUrl: generatedOnly.url } });
    const suite = 'name: s\nmodels: [no-echo]\ntasks: [tiny-arithmetic, tiny-choice]\n';
    expect(await send(createRun, { input: { suite } })).toMatchObject({
      __typename: 'CapabilityError',
      missing: ['loglikelihood'],
      message: expect.stringMatching(/no-echo cannot run the task tiny-choice.*generates only/s),
    });
    const without = await send(createRun, { input: { suite, tasks: ['tiny-arithmetic'], limit: 1 } });
    expect(without.__typename).toBe('MutationCreateRunSuccess');
  });

  it('is refused with headers, an unknown provider or option, naming the field', async () => {
    const issue = async (more: Record<string, unknown>) =>
      (await register({ name: 'x', endpoint: { baseUrl: endpoint.url, ...more } })).issues?.[0]?.path;
    expect(await issue({ options: { headers: { authorization: key } } })).toBe('endpoint.options.headers');
    expect(await issue({ provider: 'llama-cpp' })).toBe('endpoint.provider');
    expect(await issue({ options: { concurency: 3 } })).toContain('concurency');
    expect(await issue({ baseUrl: 'ftp://x' })).toBe('endpoint.baseUrl');
    expect(await issue({ apiKeyEnv: 'BANCADA_SECRET' })).toBe('endpoint.apiKeyEnv');
    expect(endpoint.seen).toEqual([]);
  });

  it('is deleted when nothing depends on it; what does is named', async () => {
    const { data } = await register({ name: 'shortlived', endpoint: { baseUrl: endpoint.url, apiKey: key } });
    const { prisma } = api.database;
    const suite = await prisma.suite.create({
      data: {
        name: 'uses it',
        versions: {
          create: {
            version: 1,
            sha256: 'x',
            yaml: 'name: u\nmodels: [shortlived]\ntasks: [tiny-arithmetic]\n',
          },
        },
      },
    });
    expect(await send(deleteModel, { id: data.id })).toMatchObject({
      __typename: 'ConflictError',
      message: expect.stringContaining('suite uses it'),
    });
    const { node } = await api.query<{ node: object }>(
      `{ node(id: "${data.id}") { ... on Model { dependents { kind id name } } } }`,
    );
    expect(node).toEqual({ dependents: [{ kind: 'suite', id: suite.id, name: 'uses it' }] });
    expect(await send(deleteModel, { id: data.id, force: true })).toMatchObject({ data: data.id });
    expect(existsSync(path.join(home, 'models', 'shortlived'))).toBe(false);
    expect(await prisma.endpoint.count({ where: { id: data.endpoint.id } })).toBe(0);
    const tiny = await prisma.model.findUniqueOrThrow({ where: { name: 'bancada-tiny' } });
    expect(await send(deleteModel, { id: tiny.id, force: true })).toMatchObject({
      __typename: 'ConflictError',
    });
  });
});

describe('weights under the home', () => {
  it('are registered with what the GGUF file says', async () => {
    await mkdir(path.join(home, 'incoming'));
    await cp(
      path.join(bundled, 'models/bancada-tiny/bancada-tiny.gguf'),
      path.join(home, 'incoming/mine.gguf'),
    );
    const { data } = await register({ name: 'mine', path: 'incoming/mine.gguf', options: { threads: 1 } });
    expect(data).toMatchObject({
      provider: 'llama-cpp',
      options: { file: 'mine.gguf', threads: 1 },
      metadata: { architecture: 'llama', bytes: expect.any(Number) },
      source: 'path:incoming/mine.gguf',
    });
    const suite = 'name: s\nmodels: [mine]\ntasks: [tiny-arithmetic]\n';
    expect(await send(createRun, { input: { suite, limit: 1 } })).toMatchObject({ data: {} });
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', 'incoming/link.gguf', 'nothing.gguf'])(
    'security: paths: %s is refused with the reason, nothing is left',
    async (given) => {
      await symlink('/etc/passwd', path.join(home, 'incoming/link.gguf')).catch(() => undefined);
      expect(await register({ name: 'leak', path: given })).toMatchObject({
        __typename: 'ValidationError',
        issues: [{ path: 'path', value: given }],
      });
      expect(existsSync(path.join(home, 'models', 'leak'))).toBe(false);
    },
  );

  it('security: paths: a name that is no slug is refused', async () => {
    for (const name of ['../x', 'a/b', '', '.x']) {
      expect(await register({ name, path: 'incoming/mine.gguf' })).toMatchObject({
        issues: [{ path: 'name', value: name }],
      });
    }
  });
});

describe('the Hub', () => {
  it('is asked which files there are; what is ambiguous is answered with the choices, the rest is for a worker', async () => {
    const files = { 'README.md': 'x', 'm-Q4_K_M.gguf': 'GGUF4', 'm-Q8_0.gguf': 'GGUF88' };
    const repository = { type: 'model', name: 'org/m-GGUF', files } as const;
    const hub = await startTestHub([repository]);
    const other = await startTestApi({ homes: [home, bundled], variables: { HF_ENDPOINT: hub.endpoint } });
    const asked = (huggingFace: string) =>
      send(registerModel, { input: { name: 'from-hub', huggingFace } }, other);
    expect((await asked('hf:org/m-GGUF')).issues).toMatchObject([
      { path: 'huggingFace', message: expect.stringContaining('hf:org/m-GGUF:Q4_K_M, hf:org/m-GGUF:Q8_0') },
    ]);
    expect((await asked('hf:org/none')).__typename).toBe('ValidationError');
    expect(existsSync(path.join(home, 'models', 'from-hub'))).toBe(false);
    const { data } = await asked('hf:org/m-GGUF:q8_0@main');
    expect(data).toMatchObject({
      name: 'from-hub',
      provider: 'llama-cpp',
      source: `hf:org/m-GGUF:Q8_0@${hub.commitOf(repository)}`,
      fault: expect.stringContaining('not here yet'),
    });
    const { node } = await other.query<{ node: object }>(
      `{ node(id: "${data.id}") { ... on Model { download { state bytes totalBytes } } } }`,
    );
    expect(node).toEqual({ download: { state: 'waiting', bytes: 0, totalBytes: 6 } });
    const { jobs } = await other.query<{ jobs: { nodes: object[] } }>('{ jobs { nodes { task } } }');
    expect(jobs.nodes).toContainEqual({ task: 'download-model' });
    expect(await send(deleteModel, { id: data.id }, other)).toMatchObject({ data: data.id });
    await Promise.all([other.close(), hub.close()]);
  });
});

describe('security: SSRF: the API', () => {
  it.each(['0x7f000001', '[::ffff:127.0.0.1]', '127.0.0.1', 'localhost', '169.254.169.254'])(
    'neither probes nor registers %s while users sign in',
    async (host) => {
      const before = endpoint.connections();
      const baseUrl = `http://${host}:${new URL(endpoint.url).port}/v1`;
      const refused = { __typename: 'ValidationError', issues: [{ path: 'endpoint.baseUrl' }] };
      expect(await send(probeEndpoint, { input: { endpoint: { baseUrl } } }, closed)).toMatchObject(refused);
      const input = { name: 'inside', endpoint: { baseUrl, model: 'toy' }, unreachable: true };
      expect(await send(registerModel, { input }, closed)).toMatchObject(refused);
      expect(endpoint.connections()).toBe(before);
    },
  );
});

it('security: secrets: the key of an endpoint turns up nowhere', async () => {
  const { url, database, logged } = api;
  const wrong = await startTestEndpoint({
    misbehave: ({ headers }, response) => {
      response.writeHead(401).end(`wrong key: ${headers.authorization}`);
      return true;
    },
  });
  const refused = await register({ name: 'echoing', endpoint: { baseUrl: wrong.url, apiKey: key } });
  expect(refused).toMatchObject({ issues: [{ message: expect.stringContaining('***') }] });
  await wrong.close();
  const { models } = await api.query<{
    models: unknown;
  }>(`{ models { nodes { name options fault source description directory
    endpoint { id provider baseUrl model hasKey listed latencyMs fault checks { capability works reason } } } } }`);
  const { rows } = await database.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const dump = await Promise.all(
    rows.map(async ({ name }) => JSON.stringify((await database.pool.query(`select * from "${name}"`)).rows)),
  );
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const runs = await (await fetch(`${url}/api/v1/runs`)).text();
  const manifest = await readFile(path.join(home, 'models', 'toy-endpoint', 'model.yaml'), 'utf8');
  expect(manifest).toContain('api_key_secret');
  for (const text of [JSON.stringify([models, refused, logged]), ...dump, metrics, runs, manifest]) {
    expect(text).not.toContain('CANARY');
  }
  expect(dump.join('')).toContain('toy-endpoint');
});
