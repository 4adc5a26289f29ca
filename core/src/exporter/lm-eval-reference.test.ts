// Exporter `lm-eval` against lm-evaluation-harness itself: the keys and types that it writes, and what its readers make of our file.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import { planRun } from '../run/plan.ts';
import { run } from '../run/run.ts';
import { parseSuite } from '../run/suite.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { lmEval } from './lm-eval.ts';

type Document = Readonly<Record<string, unknown>> & {
  readonly results: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  readonly configs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

interface Reference {
  readonly limit: number;
  /** By the harness, of its own `dummy` model on the same tasks. */
  readonly written: Document;
  /** By the harness's readers, of our file. */
  readonly read: {
    readonly results: Document['results'];
    readonly table: readonly string[];
    readonly wandb: Readonly<Record<string, number>>;
  };
}

const repository = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(repository, 'core/reference/lm-eval');
const reference = JSON.parse(readFileSync(path.join(folder, 'results.json'), 'utf8')) as Reference;
// Where the harness found its data and functions, and how it draws without being asked to.
const onlyTheirs = /\.(dataset_kwargs|fewshot_config|unsafe_code|metadata\.config_source)(\.|$)/;
// Null here: nothing of ours has one value for all metrics (bootstrap), or the harness says it of every run (multi-turn).
const nullHere = ['config.bootstrap_iters', 'fewshot_as_multiturn'];

let text: string;
let ours: Document;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'bancada-lm-eval-'));
  const context = {
    homes: [path.join(repository, 'data')],
    secret: () => undefined,
    network: unrestrictedNetwork,
    indexDirectory: path.join(home, 'indexes'),
    limit: reference.limit,
  };
  const file = path.join(folder, 'suite.yaml');
  const plan = await planRun(parseSuite(readFileSync(file, 'utf8'), file, context), context);
  const store = openSqliteStore(':memory:');
  await Array.fromAsync(run(plan, store));
  text = (await Array.fromAsync(lmEval.export(store, plan.run.id))).join('');
  ours = JSON.parse(text);
  await store.close();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** `a.b: number` for each value; lists and absent values are not looked into. */
function shape(value: unknown, at = ''): string[] {
  if (value === null) return [`${at}: null`];
  if (Array.isArray(value) || typeof value !== 'object')
    return [`${at}: ${Array.isArray(value) ? 'list' : typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => shape(inner, at === '' ? key : `${at}.${key}`));
}

it('has each key that the harness writes, with its type', () => {
  const found = new Set(shape(ours));
  const missing = shape(reference.written)
    .filter((line) => !onlyTheirs.test(line.replace(/: \w+$/, '')))
    .filter((line) => !found.has(line))
    // A git commit, or a standard error, which the harness's dummy had not.
    .filter((line) => !/^git_hash: null|_stderr,none: string$/.test(line));
  expect(missing.map((line) => line.replace(/: \w+$/, ''))).toEqual(nullHere.sort());
  for (const key of nullHere) expect(found).toContain(`${key}: null`);
});

it('says the same of the tasks', () => {
  for (const key of ['versions', 'n-shot', 'n-samples', 'higher_is_better', 'group_subtasks'])
    expect(ours[key], key).toEqual(reference.written[key]);
  for (const [task, config] of Object.entries(reference.written.configs)) {
    const { dataset_path, dataset_kwargs, fewshot_config, unsafe_code, metadata, ...same } = config;
    expect(ours.configs[task], task).toMatchObject(same);
  }
});

it('is the file that the harness read', () => expect(ours.results).toEqual(reference.read.results));

it('leaves whole scores fractions', () => {
  expect(text).toContain('"exact_match,none": 0.0,\n');
  expect(text).toContain('"sample_len": 10,\n');
});

it('shows every score in the table of the harness, and in what it sends to Weights & Biases', () => {
  const cells = reference.read.table.slice(2).map((line) => line.split('|').map((cell) => cell.trim()));
  const shown = cells.map(([, , , filter, , metric, , value, , stderr]) => [metric, filter, value, stderr]);
  const scores = Object.entries(ours.results).flatMap(([task, values]) =>
    Object.entries(values)
      .filter(([key]) => /^(?!.*_stderr).*,/.test(key))
      .map(([key, value]) => ({ task, key, value: Number(value) })),
  );
  expect(scores).toHaveLength(6);
  expect(shown.toSorted()).toEqual(
    scores
      .map(({ task, key, value }) => {
        const [metric = '', filter] = key.split(',');
        const stderr = Number(ours.results[task]?.[`${metric}_stderr,${filter}`]);
        return [metric, filter, value.toFixed(4), stderr.toFixed(4)];
      })
      .toSorted(),
  );
  for (const { task, key, value } of scores)
    expect(reference.read.wandb[`${task}/${key.replace(',none', '')}`], key).toBe(value);
});
