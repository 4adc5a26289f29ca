// A run reads the versions of data sets that were there when it was made, whatever is uploaded while it waits or is paused.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { datasetVersionsOf, parseSuite, planRun, unrestrictedNetwork } from '@bancada/core';
import {
  createPrismaClient,
  createTestDatabase,
  enqueue,
  insertRun,
  publishDataset,
  type TestDatabase,
  withDatasets,
} from '@bancada/prisma';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { ask, createRun, startWorker, untilRun } from './fixture/worker-process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const items = 60;
const task = `
task: echoes
dataset_path: words
test_split: test
output_type: generate_until
doc_to_text: "{{word}}"
doc_to_target: "{{word}}"
generation_kwargs: {until: ["\\n"], max_gen_toks: 8}
metric_list: [{metric: exact_match}]
`;
const suite = `
name: pinned
models: [{provider: scripted, name: slow, answer: x, latency_ms: 50, concurrency: 1}]
tasks: [echoes]
`;

async function homeWithWords(word: string) {
  const home = makeExampleHome(1);
  await writeFile(path.join(home.folder, 'tasks/echoes.yaml'), task);
  await upload(home.folder, word);
  return home;
}

async function upload(home: string, word: string): Promise<void> {
  const file = path.join(home, 'staging', `${word}.jsonl`);
  await mkdir(path.dirname(file), { recursive: true });
  const text = Array.from({ length: items }, (_, n) => `${JSON.stringify({ word: `${word} ${n}` })}\n`).join(
    '',
  );
  await writeFile(file, text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const files = [{ file, extension: '.jsonl', rows: items }];
  await publishDataset(createPrismaClient(database.pool), home, {
    name: 'words',
    keepOthers: false,
    splits: [{ name: 'test', rows: items, sha256, columns: ['word'], files }],
  });
}

async function targetsOf(runId: string): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ target: string }>(
    `select target from "Sample" where "evaluationId" in (select id from "Evaluation" where "runId" = $1) order by item`,
    [runId],
  );
  return rows.map(({ target }) => target);
}

const ended = ({ status }: { status: string }) => status === 'SUCCEEDED' || status === 'FAILED';
const wordsOf = (word: string) => Array.from({ length: items }, (_, n) => `${word} ${n}`);

it('a run that waits reads what was there when it was made', async () => {
  using home = await homeWithWords('early');
  const context = {
    homes: [home.folder],
    secret: () => undefined,
    network: unrestrictedNetwork,
    indexDirectory: home.folder,
  };
  const file = path.join(home.folder, 'suites/suite.yaml');
  const datasets = await datasetVersionsOf(await planRun(parseSuite(suite, file, context), context));
  const runId = await insertRun(database.pool, {
    name: 'waits',
    suiteId: undefined,
    config: suite,
    library: withDatasets(undefined, datasets),
    limit: undefined,
    total: items,
    priority: 0,
  });
  await upload(home.folder, 'late');
  await using _worker = await startWorker(database, home.folder);
  expect(await untilRun(database, runId, ended)).toMatchObject({ status: 'SUCCEEDED', done: items });
  expect(await targetsOf(runId)).toEqual(wordsOf('early'));
});

it('a run that was made without a pin keeps that of its first plan over a pause and another worker', async () => {
  using home = await homeWithWords('before');
  const first = await startWorker(database, home.folder);
  const runId = await createRun(database, suite);
  await untilRun(database, runId, ({ done }) => done > 0);
  await ask(database, runId, 'PAUSED');
  const paused = await untilRun(database, runId, ({ status }) => status === 'PAUSED');
  expect(paused.done).toBeLessThan(items);
  await first.end('SIGTERM');
  await upload(home.folder, 'after');
  await using _second = await startWorker(database, home.folder);
  await ask(database, runId, 'RUNNING');
  await enqueue(database.pool, 'plan-run', { runId });
  expect(await untilRun(database, runId, ended)).toMatchObject({ status: 'SUCCEEDED', done: items });
  expect(await targetsOf(runId)).toEqual(wordsOf('before'));
});
