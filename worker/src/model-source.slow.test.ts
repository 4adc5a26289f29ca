// Models through a real worker: weights fetched from a hub and run; an endpoint asked with its kept key, a task that it cannot do blocked.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { datasetSources, startTestHub, writeManifest } from '@bancada/core';
import {
  createTestDatabase,
  endpointKeyName,
  enqueue,
  type ModelDownload,
  SecretBox,
  type TestDatabase,
} from '@bancada/prisma';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Misbehaviour, startTestEndpoint } from '../../core/src/model/test-endpoint.ts';
import { startApi } from './fixture/api-process.ts';
import { createRun, startWorker, untilRun } from './fixture/worker-process.ts';

const bundled = path.resolve(import.meta.dirname, '../../data');
const secret = 'the secret of these tests';
const key = 'sk-CANARY-fedcba9876543210';
const ended = ({ status }: { status: string }) => status === 'SUCCEEDED' || status === 'FAILED';

let database: TestDatabase;
let home: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-worker-models-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function downloadOf(id: string): Promise<ModelDownload | null> {
  return (await database.prisma.model.findUniqueOrThrow({ where: { id } })).download as ModelDownload | null;
}

it('weights come from a hub that breaks off, and run', async () => {
  const weights = await readFile(path.join(bundled, 'models/bancada-tiny/bancada-tiny.gguf'));
  const repository = {
    type: 'model',
    name: 'org/tiny-GGUF',
    token: 'hf_secret',
    files: { 'README.md': 'x', 'tiny-F16.gguf': weights },
  } as const;
  const hub = await startTestHub([repository]);
  hub.fail('tiny-F16.gguf', { type: 'cut', bytes: 200_000 }, { type: 'cut', bytes: 200_000 });
  await mkdir(path.join(home, 'models/fetched'), { recursive: true });
  const download: ModelDownload = {
    state: 'waiting',
    repository: repository.name,
    commit: hub.commitOf(repository),
    files: ['tiny-F16.gguf'],
    provider: 'llama-cpp',
    options: { file: 'tiny-F16.gguf', threads: 1 },
    bytes: 0,
    totalBytes: weights.byteLength,
  };
  const source = `hf:org/tiny-GGUF:F16@${download.commit}`;
  const { id } = await database.prisma.model.create({
    data: {
      name: 'fetched',
      kind: 'language',
      provider: 'llama-cpp',
      options: {},
      source,
      fault: 'x',
      download: { ...download } as object,
    },
  });
  await using worker = await startWorker(database, home, {
    HF_ENDPOINT: hub.endpoint,
    HF_TOKEN: 'hf_secret',
  });
  await enqueue(database.pool, 'download-model', { modelId: id });
  await untilTrue(async () => (await downloadOf(id)) === null);
  expect(hub.requests.filter(({ host }) => host === 'cdn').length).toBeGreaterThanOrEqual(3);
  const model = await database.prisma.model.findUniqueOrThrow({ where: { id } });
  expect(await toldAtOnce(id)).toBe(true);
  expect(model).toMatchObject({ fault: null, metadata: { architecture: 'llama' } });
  expect(existsSync(path.join(home, 'models/fetched/model.yaml'))).toBe(true);
  const runId = await createRun(database, 'name: s\nmodels: [fetched]\ntasks: [tiny-arithmetic]\n', 3);
  expect(await untilRun(database, runId, ended)).toMatchObject({ status: 'SUCCEEDED', done: 3 });
  await hub.close();
  await worker.end('SIGTERM');
});

it('what the hub refuses fails the model with the reason', async () => {
  const hub = await startTestHub([]);
  const { id } = await database.prisma.model.create({
    data: {
      name: 'refused',
      kind: 'language',
      provider: 'llama-cpp',
      options: {},
      download: {
        state: 'waiting',
        repository: 'org/none',
        commit: 'a'.repeat(40),
        files: ['x.gguf'],
        provider: 'llama-cpp',
        options: {},
        bytes: 0,
        totalBytes: 1,
      },
    },
  });
  await using worker = await startWorker(database, home, { HF_ENDPOINT: hub.endpoint });
  await enqueue(database.pool, 'download-model', { modelId: id });
  await untilTrue(async () => (await downloadOf(id))?.state === 'failed');
  expect((await downloadOf(id))?.message).toContain('the hub has no such model');
  await hub.close();
  await worker.end('SIGTERM');
});

it('security: secrets: a kept key goes to its own address alone, and is found nowhere', async () => {
  const asked = await startTestEndpoint({ echo: 'generated', misbehave: repeatKey });
  const stranger = await startTestEndpoint();
  const id = crypto.randomUUID();
  const sealedKey = SecretBox.open(home, secret).seal(key, endpointKeyName(id));
  await database.prisma.endpoint.create({
    data: { id, provider: 'openai-compatible', baseUrl: asked.url, model: 'toy', sealedKey },
  });
  const folder = path.join(home, 'models/remote');
  await mkdir(folder, { recursive: true });
  const options = { provider: 'openai-compatible', model: 'toy', api_key_secret: endpointKeyName(id) };
  await writeManifest(folder, {
    kind: 'language',
    variants: { default: { ...options, base_url: asked.url } },
  });
  await using worker = await startWorker(database, home, { BANCADA_SECRET: secret });
  const runId = await createRun(
    database,
    'name: s\nmodels: [remote]\ntasks: [tiny-arithmetic, tiny-choice]\n',
    2,
  );
  const state = await untilRun(database, runId, ended);
  expect(state).toMatchObject({ status: 'FAILED', error: expect.stringContaining('1 of 2') });
  expect(asked.seen.every(({ headers }) => headers.authorization === `Bearer ${key}`)).toBe(true);
  const evaluations = await database.prisma.evaluation.findMany({
    where: { runId },
    orderBy: { position: 'asc' },
  });
  expect(evaluations.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED']);
  expect(evaluations[1]?.error).toMatch(/cannot run the task tiny-choice.*generates only/);

  const theft = { ...options, name: 'thief', base_url: stranger.url };
  const stolen = await createRun(
    database,
    `name: s\nmodels: [${JSON.stringify(theft)}]\ntasks: [tiny-arithmetic]\n`,
    2,
  );
  expect(await untilRun(database, stolen, ended)).toMatchObject({ status: 'FAILED' });
  const own = { ...theft, api_key_secret: undefined, api_key_env: 'BANCADA_SECRET' };
  const taken = await createRun(
    database,
    `name: s\nmodels: [${JSON.stringify(own)}]\ntasks: [tiny-arithmetic]\n`,
    2,
  );
  expect(await untilRun(database, taken, ended)).toMatchObject({ status: 'FAILED' });
  expect(stranger.seen).toEqual([]);

  await worker.end('SIGTERM');
  expect(worker.output()).not.toContain('CANARY');
  await using api = await startApi(database, home, { BANCADA_SECRET: secret });
  const shown = ['csv', 'json', 'jsonl', 'markdown', 'sqlite', 'lm-eval'].map(
    (format) => `/api/v1/runs/${runId}/export?format=${format}`,
  );
  for (const address of [
    ...shown,
    `/api/v1/runs/${runId}/samples`,
    `/api/v1/runs/${runId}/logs`,
    '/metrics',
  ]) {
    const answer = await fetch(`${api.url}${address}`);
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect([address, answer.status, text.includes('CANARY')]).toEqual([address, 200, false]);
    if (address.includes('json')) expect(text).toContain('the key is ***');
  }
  for (const table of ['export', 'samples', 'metrics', 'logs']) {
    const text = await parquetText(`${api.url}/api/v1/runs/${runId}/${table}?format=parquet`);
    expect([table, text.includes('CANARY')]).toEqual([table, false]);
    if (table === 'export' || table === 'samples') expect(text).toContain('the key is ***');
    if (table === 'metrics') expect(text).toContain('exact_match');
  }
  expect(api.output()).not.toContain('CANARY');
  const { rows } = await database.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const [sample] = await database.prisma.sample.findMany({ where: { evaluation: { runId } } });
  expect(JSON.stringify(sample)).toContain('the key is ***');
  for (const { name } of rows) {
    const { rows: content } = await database.pool.query(`select * from "${name}"`);
    expect(JSON.stringify(content)).not.toContain('CANARY');
  }
  await Promise.all([asked.close(), stranger.close()]);
});

it('security: SSRF: a run asks no address that the policy forbids, a stored one neither', async () => {
  const canary = await startTestEndpoint();
  const folder = path.join(home, 'models/inside');
  await mkdir(folder, { recursive: true });
  // As it would stand there from a time when it was allowed.
  const text = `name: inside\nvariants:\n  default: {provider: openai-compatible, base_url: "${canary.url}", model: toy}\n`;
  await writeFile(path.join(folder, 'model.yaml'), text);
  await using worker = await startWorker(database, home, { BANCADA_AUTH: 'on' });
  const inline = `{provider: anthropic, name: meta, base_url: "http://169.254.169.254/v1", model: m}`;
  const runId = await createRun(
    database,
    `name: s\nmodels: [inside, ${inline}]\ntasks: [tiny-arithmetic]\n`,
    2,
  );
  expect(await untilRun(database, runId, ended)).toMatchObject({ status: 'FAILED' });
  const evaluations = await database.prisma.evaluation.findMany({ where: { runId } });
  for (const { error } of evaluations) expect(error).toContain('BANCADA_ENDPOINT_ALLOW');
  expect(canary.connections()).toBe(0);
  await canary.close();
  await worker.end('SIGTERM');
});

// Asked by the task, it answers with what it was sent in confidence, half of it an event.
const repeatKey: Misbehaviour = ({ body, headers }, response) => {
  if (!JSON.stringify(body).includes('Question:')) return false;
  const said = `the key is ${headers.authorization?.slice('Bearer '.length)}`;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-your-key': headers.authorization ?? '' });
  for (const piece of [said.slice(0, 20), said.slice(20)]) {
    const choice = body.messages ? { delta: { content: piece } } : { text: piece };
    response.write(`data: ${JSON.stringify({ choices: [choice] })}\n\n`);
  }
  response.end('data: [DONE]\n\n');
  return true;
};

/** Whether a model's row and the line that tells dashboards of it were written by one transaction. */
async function toldAtOnce(modelId: string): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `select 1 from "Model" model join "Activity" activity on activity.xmin = model.xmin
     where model.id = $1 and activity.kind = 'model.changed'`,
    [modelId],
  );
  return rowCount === 1;
}

/** What the rows of a Parquet download hold: its pages are packed, so that a search of the file would find nothing. */
async function parquetText(address: string): Promise<string> {
  const answer = await fetch(address);
  expect([address, answer.status]).toEqual([address, 200]);
  const file = path.join(home, 'download.parquet');
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
  return JSON.stringify(await Array.fromAsync(datasetSources.parquet?.read(file, {}) ?? []));
}

async function untilTrue(holds: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const from = performance.now();
  while (!(await holds())) {
    if (performance.now() - from > withinMs) throw new Error(`not within ${withinMs} ms`);
    await sleep(50);
  }
}
