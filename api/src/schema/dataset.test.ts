// Data sets over GraphQL: statistics, versions, a task from columns, what depends on one, deleting it, asking for an import.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTask } from '@bancada/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

let api: TestApi;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-datasets-'));
  api = await startTestApi({ homes: [home] });
  const quiz = Array.from({ length: 100 }, (_, n) => ({
    question: `What is ${n} + 1?`,
    answer: String(n + 1),
    options: ['0', String(n + 1), 'none'],
    right: 1,
    letter: 'B',
    level: n % 2 === 0 ? 'easy' : 'hard',
    note: n < 10 ? null : 'seen',
  }));
  await upload('quiz', quiz);
  await upload('quiz', quiz.slice(0, 40));
});
afterAll(async () => {
  await api.close();
  await rm(home, { recursive: true, force: true });
});

async function upload(name: string, rows: readonly object[]): Promise<void> {
  const form = new FormData();
  form.append('name', name);
  form.append('file', new File([rows.map((row) => JSON.stringify(row)).join('\n')], 'quiz.jsonl'));
  const response = await fetch(`${api.url}/api/v1/datasets`, { method: 'POST', body: form });
  if (!response.ok) throw new Error(await response.text());
}

interface Statistics {
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: string;
    readonly missing: number;
    readonly distinct: number;
    readonly numbers: {
      readonly min: number;
      readonly max: number;
      readonly mean: number;
      readonly quantiles: number[];
      readonly histogram: { share: number }[];
    } | null;
    readonly top: readonly { readonly value: string; readonly count: number }[];
  }[];
}

test('versions, their rows and the statistics of their columns', async () => {
  const { dataset } = await api.query<{
    dataset: { versions: { version: number; statistics: Statistics }[]; rows: { rows: unknown[] } };
  }>(`{ dataset(name: "quiz") {
    rows(version: 1, offset: 90, limit: 50) { rows }
    versions { version statistics(split: "test") { rows columns {
      name kind missing distinct top { value count }
      numbers { min max mean quantiles histogram { share } } } } } } }`);
  expect(dataset.rows.rows).toHaveLength(10);
  expect(dataset.versions.map(({ version, statistics }) => [version, statistics.rows])).toEqual([
    [2, 40],
    [1, 100],
  ]);
  const columns = new Map(dataset.versions[1]?.statistics.columns.map((column) => [column.name, column]));
  expect(columns.get('right')).toMatchObject({
    kind: 'number',
    distinct: 1,
    numbers: { min: 1, max: 1, mean: 1 },
  });
  expect(columns.get('level')).toMatchObject({
    kind: 'text',
    distinct: 2,
    top: [
      { value: 'easy', count: 50 },
      { value: 'hard', count: 50 },
    ],
  });
  expect(columns.get('note')).toMatchObject({ missing: 10, numbers: { min: 4, max: 4 } });
  expect(columns.get('options')).toMatchObject({ kind: 'list', numbers: { min: 3, max: 3 } });
  const question = columns.get('question')?.numbers;
  expect(question?.quantiles).toHaveLength(5);
  expect(question?.histogram.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  const [row] = await api.database.prisma.datasetVersion.findMany({ where: { version: 1 } });
  expect(row?.statistics).toHaveProperty('test');
});

const datasetTask = `query ($input: DatasetTaskInput!) { datasetTask(input: $input) { __typename
  ... on QueryDatasetTaskSuccess { data } ... on ValidationError { issues { path message value } } } }`;

interface TaskAnswer {
  readonly datasetTask: { readonly data?: string; readonly issues?: readonly { path: string }[] };
}

async function taskOf(input: Record<string, unknown>): Promise<TaskAnswer['datasetTask']> {
  const base = { task: 'quiz-task', dataset: 'quiz', split: 'test', question: 'question', answer: 'answer' };
  const variables = { input: { ...base, ...input } };
  return (await api.query<TaskAnswer>(datasetTask, variables)).datasetTask;
}

test.each([
  [{ form: 'GENERATE_UNTIL' }, ['exact_match'], '1'],
  [{ form: 'CHAT', numFewshot: 2, fewshotSplit: 'test' }, ['exact_match'], '1'],
  [{ form: 'MULTIPLE_CHOICE', answer: 'right', choices: ['options'] }, ['acc', 'acc_norm'], '1'],
  [
    { form: 'MULTIPLE_CHOICE', answer: 'letter', choices: ['options'], choiceAnswer: 'LETTER' },
    ['acc', 'acc_norm'],
    '1',
  ],
  [
    { form: 'MULTIPLE_CHOICE', answer: 'answer', choices: ['level', 'answer'], choiceAnswer: 'TEXT' },
    ['acc', 'acc_norm'],
    '1',
  ],
  [{ form: 'LOGLIKELIHOOD' }, ['perplexity', 'acc'], '1'],
  [
    { form: 'LOGLIKELIHOOD_ROLLING', answer: null },
    ['word_perplexity', 'byte_perplexity', 'bits_per_byte'],
    undefined,
  ],
])('a task of %j is saved, and core opens it', async (input, metrics, target) => {
  const { data: yaml = '', issues } = await taskOf(input);
  expect(issues).toBeUndefined();
  const { saveTask } = await api.query<{ saveTask: { warnings: unknown[]; data: { metrics: string[] } } }>(
    `mutation ($input: SaveTaskInput!) { saveTask(input: $input) { __typename
      ... on MutationSaveTaskSuccess { warnings { message } data { metrics } } ... on Error { message } } }`,
    { input: { yaml } },
  );
  expect(saveTask).toMatchObject({ warnings: [], data: { metrics } });
  if (input.form === 'GENERATE_UNTIL') expect(yaml).toContain('    - "\\n"\n');
  const folder = await mkdtemp(path.join(tmpdir(), 'bancada-task-'));
  const file = path.join(folder, 'quiz-task.yaml');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(file, yaml);
  const task = await loadTask({ task: file }, { homes: [home], baseDirectory: folder, seed: 1 });
  for await (const item of task.items({ limit: 1 })) {
    if (target !== undefined) expect(item.target).toBe(target);
  }
  await rm(folder, { recursive: true });
});

test('wrong columns and splits are named', async () => {
  const { issues } = await taskOf({ form: 'GENERATE_UNTIL', question: 'frage', answer: null });
  expect(issues).toEqual([
    {
      path: 'question',
      value: 'frage',
      message: expect.stringMatching(/no column "frage".*question, answer/),
    },
    { path: 'answer', value: null, message: expect.stringMatching(/names no column/) },
  ]);
  expect((await taskOf({ form: 'CHAT', split: 'dev' })).issues).toMatchObject([
    { path: 'split', value: 'dev' },
  ]);
  const pinned = await taskOf({ form: 'CHAT', version: 1 });
  expect(pinned.data).toContain('dataset_path: quiz@1');
});

const remove = `mutation ($name: String!, $force: Boolean) { deleteDataset(name: $name, force: $force) {
  __typename ... on MutationDeleteDatasetSuccess { data } ... on Error { message } } }`;

test('deleting names what depends on it, and deletes files and rows when forced', async () => {
  const refused = await api.query(remove, { name: 'quiz' });
  expect(refused).toMatchObject({
    deleteDataset: { __typename: 'ConflictError', message: expect.stringMatching(/used by task quiz-task/) },
  });
  expect(await api.query('{ dataset(name: "quiz") { dependents { kind name active } } }')).toEqual({
    dataset: { dependents: [{ kind: 'task', name: 'quiz-task', active: false }] },
  });
  expect(await api.query(remove, { name: 'quiz', force: true })).toMatchObject({
    deleteDataset: { data: 'quiz' },
  });
  expect(existsSync(path.join(home, 'datasets', 'quiz'))).toBe(false);
  expect(await api.query('{ dataset(name: "quiz") { name } }')).toEqual({ dataset: null });
  expect(await api.query(remove, { name: 'quiz' })).toMatchObject({
    deleteDataset: { __typename: 'NotFoundError' },
  });
});

const bring = `mutation ($input: ImportHuggingFaceDatasetInput!, $key: String) {
  importHuggingFaceDataset(input: $input, idempotencyKey: $key) { __typename
    ... on MutationImportDatasetSuccess { data { id name repo revision status doneBytes } }
    ... on ValidationError { issues { path } } ... on Error { message } } }`;

test('an import is queued once for a key, under a name made of repository and config, and can be cancelled', async () => {
  const ask = () =>
    api.query<{ importHuggingFaceDataset: { data: { id: string } } }>(bring, {
      input: { repo: 'https://huggingface.co/datasets/allenai/ai2_arc', config: 'ARC-Easy' },
      key: 'one',
    });
  const first = await ask();
  expect(first.importHuggingFaceDataset.data).toMatchObject({
    name: 'ai2_arc-ARC-Easy',
    repo: 'allenai/ai2_arc',
    revision: 'main',
    status: 'QUEUED',
  });
  expect(await ask()).toEqual(first);
  const { rows } = await api.database.pool.query(
    `select queue_name from graphile_worker.jobs where task_identifier = 'import-dataset'`,
  );
  expect(rows).toEqual([{ queue_name: 'hub/allenai/ai2_arc' }]);
  const cancel =
    'mutation ($id: ID!) { cancelDatasetImport(id: $id) { __typename ... on MutationImportDatasetSuccess { data { status } } } }';
  const variables = { id: first.importHuggingFaceDataset.data.id };
  expect(await api.query(cancel, variables)).toMatchObject({
    cancelDatasetImport: { data: { status: 'CANCELLED' } },
  });
  expect(await api.query(cancel, variables)).toMatchObject({
    cancelDatasetImport: { __typename: 'ConflictError' },
  });
});

test.each([
  [{ repo: '../../etc/passwd' }, 'repo'],
  [{ repo: '../etc' }, 'repo'],
  [{ repo: 'acme/sums', revision: '../main' }, 'revision'],
  [{ repo: 'acme/sums', name: '../x' }, 'name'],
])('security: paths: the import %j is refused', async (input, field) => {
  expect(await api.query(bring, { input })).toMatchObject({
    importHuggingFaceDataset: { issues: [{ path: field }] },
  });
});
