// The playground over WebSocket: a real worker answers with the bundled model, token by token, and stops when one leaves.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seed } from '@bancada/prisma';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const bundled = path.resolve(import.meta.dirname, '../../../data');
const workerMain = path.resolve(import.meta.dirname, '../../../worker/src/main.ts');
const home = mkdtempSync(path.join(tmpdir(), 'bancada-playground-'));
// Another machine's: what is saved reaches the worker through the database alone.
const workerHome = mkdtempSync(path.join(tmpdir(), 'bancada-playground-worker-'));
let api: TestApi;
let client: Client;
let worker: ChildProcess;
let endpoint: Server;

beforeAll(async () => {
  endpoint = createServer(answerChat).listen(0, '127.0.0.1');
  api = await startTestApi({ homes: [home, bundled] });
  const { port } = endpoint.address() as AddressInfo;
  for (const folder of [home, workerHome]) mkdirSync(path.join(folder, 'models/remote'), { recursive: true });
  const manifest = `name: remote\nvariants:\n  main: {provider: openai-compatible, base_url: "http://127.0.0.1:${port}/v1", model: m, api: chat}\n`;
  for (const folder of [home, workerHome])
    writeFileSync(path.join(folder, 'models/remote/model.yaml'), manifest);
  await seed(api.database.prisma, [home, bundled]);
  client = createClient({ url: `${api.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  worker = spawn(process.execPath, [workerMain], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      DATABASE_URL: api.database.url,
      BANCADA_HOME: workerHome,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [worker.stdout, worker.stderr])
    stream?.on('data', (chunk) => {
      written += String(chunk);
    });
  while (!written.includes('the worker is ready')) {
    if (worker.exitCode !== null) throw new Error(written);
    await sleep(50);
  }
}, 60_000);
afterAll(async () => {
  worker?.kill('SIGKILL');
  await client?.dispose();
  await api?.close();
  endpoint?.close();
  for (const folder of [home, workerHome]) rmSync(folder, { recursive: true, force: true });
});

interface Chunk {
  readonly sequence: number;
  readonly type: 'PROMPT' | 'TEXT' | 'ANSWER' | 'FAILED' | 'DONE';
  readonly index: number | null;
  readonly prompt: string | null;
  readonly target: string | null;
  readonly text: string | null;
  readonly scores: readonly { readonly metric: string; readonly value: number }[];
  readonly outputTokens: number | null;
  readonly message: string | null;
}

const subscription = `subscription ($input: PlaygroundInput!) { playground(input: $input) {
  sequence type index prompt target text prediction scores { metric filter value } outputTokens ttftMs e2eMs message } }`;

async function play(input: object, until: (chunk: Chunk) => boolean = () => false): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const { data, errors } of client.iterate<{ playground: Chunk }>({
    query: subscription,
    variables: { input },
  })) {
    if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
    if (data) chunks.push(data.playground);
    if (data && until(data.playground)) break;
  }
  return chunks;
}

const textOf = (chunks: readonly Chunk[], index: number) =>
  chunks.filter((chunk) => chunk.type === 'TEXT' && chunk.index === index).map(({ text }) => text);

test('renders a template with variables and streams the answer', async () => {
  const chunks = await play({
    model: 'bancada-tiny',
    template: 'Question: {{ question }}\nAnswer:',
    variables: { question: 'What is 3 + 4?' },
    maxTokens: 200,
  });
  expect(chunks.map(({ sequence }) => sequence)).toEqual(chunks.map((_, index) => index + 1));
  expect(chunks[0]).toMatchObject({ type: 'PROMPT', prompt: 'Question: What is 3 + 4?\nAnswer:', index: 0 });
  const pieces = textOf(chunks, 0);
  const answer = chunks.find(({ type }) => type === 'ANSWER');
  expect(pieces.length).toBeGreaterThan(0);
  expect(pieces.join('')).toBe(answer?.text);
  expect(answer?.outputTokens).toBeGreaterThan(0);
  expect(chunks.at(-1)?.type).toBe('DONE');
  expect(await api.database.prisma.playground.count()).toBe(0);
}, 60_000);

test('tries a prompt on five rows of a task, with target and scores', async () => {
  const chunks = await play({
    model: 'bancada-tiny',
    task: 'tiny-facts',
    template: '{{ prompt }}',
    samples: 5,
  });
  const prompts = chunks.filter(({ type }) => type === 'PROMPT');
  const answers = chunks.filter(({ type }) => type === 'ANSWER');
  expect([prompts.length, answers.length]).toEqual([5, 5]);
  expect(prompts.every(({ prompt, target }) => prompt?.includes('Question') && target !== '')).toBe(true);
  for (const { scores } of answers) expect(scores.map(({ metric }) => metric)).toEqual(['exact_match', 'f1']);
  for (const { index, text } of answers) expect(textOf(chunks, index ?? -1).join('')).toBe(text);
}, 60_000);

test('a task of choices is scored without text', async () => {
  const chunks = await play({ model: 'bancada-tiny', task: 'tiny-choice', samples: 2 });
  const answers = chunks.filter(({ type }) => type === 'ANSWER');
  expect(answers).toMatchObject([
    {
      prediction: expect.any(String),
      scores: expect.arrayContaining([expect.objectContaining({ metric: 'acc' })]),
    },
    { prediction: expect.any(String) },
  ]);
}, 60_000);

test('an endpoint streams as well; rows of a data set fill the template', async () => {
  const chunks = await play({
    model: 'remote',
    chat: true,
    dataset: 'tiny-facts',
    template: 'Say {{ question }}',
    samples: 1,
  });
  expect(chunks[0]?.prompt).toContain('user: Say ');
  expect(textOf(chunks, 0).join('')).toBe('one two three');
  expect(chunks.find(({ type }) => type === 'ANSWER')?.text).toBe('one two three');
}, 60_000);

test('whoever leaves stops the worker within two seconds', async () => {
  const input = {
    model: 'bancada-tiny',
    task: 'tiny-stories',
    samples: 20,
    maxTokens: 300,
    template: 'Once {{ target }}',
  };
  await play({ ...input, task: 'tiny-facts' }, ({ type }) => type === 'TEXT');
  const left = performance.now();
  for (;;) {
    const { rows } = await api.database.pool.query(
      `select count(*)::int as jobs from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = task_id where identifier = 'playground'`,
    );
    if (rows[0].jobs === 0) break;
    if (performance.now() - left > 2_000) throw new Error('the worker goes on');
    await sleep(20);
  }
  expect(await api.database.prisma.playground.count()).toBe(0);
}, 60_000);

test('what is wrong is told', async () => {
  const unknown = await play({ model: 'bancada-tinny', template: 'x' });
  expect(unknown.at(-2)).toMatchObject({
    type: 'FAILED',
    message: expect.stringContaining('did you mean "bancada-tiny"'),
  });
  expect(unknown.at(-1)?.type).toBe('DONE');
  const missing = await play({
    model: 'bancada-tiny',
    template: '{{ questin }}',
    variables: { question: 'x' },
  });
  expect(missing[0]).toMatchObject({
    type: 'FAILED',
    message: expect.stringContaining('did you mean "question"'),
  });
  await expect(play({ model: 'bancada-tiny', template: '{{ foo( }}' })).rejects.toThrow('does not parse');
  await expect(play({ model: 'bancada-tiny' })).rejects.toThrow('a template, a prompt or a task');
  await expect(play({ model: 'bancada-tiny', prompt: 'rag-en@9' })).rejects.toThrow('there is no "rag-en@9"');
}, 60_000);

test('security: templates: a hostile template ends at the playground within seconds', async () => {
  const started = performance.now();
  const loop = '{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}';
  const chunks = await play({ model: 'bancada-tiny', template: loop });
  expect(chunks[0]).toMatchObject({ type: 'FAILED', message: expect.stringContaining('1000 ms') });
  const outside = await play({
    model: 'bancada-tiny',
    template: '{{ range.constructor("return process")() }}',
  });
  expect(outside[0]).toMatchObject({ type: 'FAILED', message: expect.stringContaining('range.constructor') });
  expect(performance.now() - started).toBeLessThan(15_000);
}, 60_000);

test('a run of saved texts is executed where none of them is a file', async () => {
  const save = (kind: string, input: object) =>
    api.query(
      `mutation ($input: Save${kind}Input!) { save${kind}(input: $input) { __typename ... on Error { message } } }`,
      {
        input,
      },
    );
  await save('Prompt', {
    name: 'plain',
    template: '{% for c in contexts %}{{ c.text }}{% endfor %} PLAIN {{ prompt }}',
  });
  const task = `task: saved-facts
include: tiny-facts.yaml
bancada: {rag: {query: "{{question}}", relevant: "{{document}}", prompt: plain}}
`;
  await save('Task', { yaml: task });
  const suite = `name: saved
models: [{provider: scripted, name: echo, answer: "x"}]
tasks: [saved-facts]
rag:
  - {name: words, corpus: tiny-world, chunker: {name: fixed, size: 64, overlap: 0}, retriever: {name: bm25, k: 1}}
`;
  const { createRun } = await api.query<{ createRun: { data: { id: string } } }>(
    'mutation ($suite: String!) { createRun(input: {suite: $suite, limit: 2}) { ... on MutationCreateRunSuccess { data { id } } } }',
    { suite },
  );
  // What is saved later is not this run's business.
  await save('Prompt', { name: 'plain', template: 'OTHER {{ prompt }}{{ contexts }}' });
  const started = performance.now();
  for (;;) {
    const run = await api.database.prisma.run.findUniqueOrThrow({ where: { id: createRun.data.id } });
    if (run.status === 'SUCCEEDED') break;
    if (run.status === 'FAILED' || performance.now() - started > 40_000)
      throw new Error(`${run.status} ${run.error}`);
    await sleep(100);
  }
  const samples = await api.database.prisma.sample.findMany({ where: { evaluation: { variant: 'words' } } });
  expect(samples).toHaveLength(2);
  for (const { input, failure } of samples)
    expect([failure, input.includes(' PLAIN ')]).toEqual([null, true]);
}, 60_000);

// A chat of three words, one event each.
function answerChat(
  request: { url?: string | undefined; resume(): void },
  response: import('node:http').ServerResponse,
): void {
  request.resume();
  if (request.url?.endsWith('/models')) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'm', object: 'model' }] }));
    return;
  }
  response.setHeader('content-type', 'text/event-stream');
  for (const content of ['one ', 'two ', 'three'])
    response.write(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
  response.write(`data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] })}\n\n`);
  response.end('data: [DONE]\n\n');
}

test('a task that is not saved is tried as it is written, and its faults are told before the first chunk', async () => {
  const taskYaml =
    'task: unsaved\ninclude: tiny-facts.yaml\ndoc_to_text: "Unsaved: {{question}}\\nAnswer:"\n';
  const told = await play({ model: 'bancada-tiny', taskYaml, samples: 2 });
  const prompts = told.filter(({ type }) => type === 'PROMPT');
  expect(prompts.map(({ prompt }) => prompt?.startsWith('Unsaved: '))).toEqual([true, true]);
  expect(told.filter(({ type }) => type === 'ANSWER').map(({ scores }) => scores[0]?.metric)).toEqual([
    'exact_match',
    'exact_match',
  ]);
  await expect(play({ model: 'bancada-tiny', taskYaml: 'task: unsaved\nx: [' })).rejects.toThrow(
    'not valid YAML',
  );
  const { tasks } = await api.query<{ tasks: { nodes: object[] } }>(
    '{ tasks(search: "unsaved") { nodes { id } } }',
  );
  expect(tasks.nodes).toEqual([]);
});
