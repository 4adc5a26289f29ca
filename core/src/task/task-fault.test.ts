// What is wrong with a task is told by file, line, key and what is allowed.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expandTask } from './expand.ts';
import { listTasks } from './list.ts';
import { loadTask } from './load.ts';

let home = '';

const whole = `task: quiz
dataset_path: quiz
output_type: generate_until
test_split: test
doc_to_text: "Q: {{question}}"
doc_to_target: "{{answer}}"
metric_list:
  - metric: exact_match
    ignore_case: true
`;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bancada-faults-'));
  await mkdir(path.join(home, 'datasets/quiz'), { recursive: true });
  await mkdir(path.join(home, 'tasks/more'), { recursive: true });
  await writeFile(
    path.join(home, 'datasets/quiz/test.jsonl'),
    '{"question": "a", "answer": "b", "choices": ["x"]}\n{"question": "c"}\n',
  );
});

afterAll(() => rm(home, { recursive: true }));

const context = () => ({ homes: [home], baseDirectory: home, seed: 1 });

async function load(text: string, changes = {}) {
  await writeFile(path.join(home, 'quiz.yaml'), text);
  return loadTask({ task: './quiz.yaml', ...changes }, context());
}

test.each([
  [
    'an unknown key',
    whole.replace('doc_to_text', 'doc_to_txt'),
    'quiz.yaml:5: doc_to_txt: unknown key "doc_to_txt", did you mean "doc_to_text"?',
  ],
  [
    'a wrong value',
    whole.replace('generate_until', 'generate'),
    'quiz.yaml:3: output_type: unknown value, did you mean "generate_until"? (given: "generate"); allowed: loglikelihood,',
  ],
  [
    'Python',
    `${whole}process_docs: !function utils.process_docs\n`,
    'quiz.yaml:10: process_docs: needs Python, which task files cannot run here (given: "!function utils.process_docs")',
  ],
  [
    'Python within a list',
    whole.replace('exact_match', '!function utils.score'),
    'quiz.yaml:8: metric_list[0].metric: needs Python',
  ],
  [
    'an unknown metric',
    whole.replace('exact_match', 'exact_mach'),
    'quiz.yaml:8: metric_list[0].metric: unknown metric "exact_mach", did you mean "exact_match"?',
  ],
  [
    'an unknown option of a metric',
    whole.replace('ignore_case', 'ignore_cases'),
    'quiz.yaml:9: metric_list[0].ignore_cases: unknown key "ignore_cases", did you mean "ignore_case"?',
  ],
  [
    'a metric of another output type',
    whole.replace('exact_match', 'acc_norm').replace(/ +ignore.*\n/, ''),
    'metric "acc_norm" cannot score output_type generate_until',
  ],
  [
    'an unknown data set',
    whole.replace('dataset_path: quiz', 'dataset_path: quix'),
    'quiz.yaml:2: dataset_path: unknown data set "quix", did you mean "quiz"?',
  ],
  [
    'an unknown split',
    whole.replace('test_split: test', 'test_split: tset'),
    'quiz.yaml:4: test_split: unknown split of data set quiz "tset", did you mean "test"?; allowed: test',
  ],
  [
    'a missing key',
    whole.replace(/doc_to_target.*\n/, ''),
    'quiz.yaml: doc_to_target: "doc_to_target" is missing',
  ],
  [
    'a field that is not there',
    whole.replace('{{question}}', '{{questoin}}'),
    'doc_to_text: row 1 of split "test": "questoin" is not there, did you mean "question"?; allowed: question, answer, choices',
  ],
  [
    'a template that does not parse',
    whole.replace('{{question}}', '{{question'),
    'quiz.yaml:5: doc_to_text: template does not parse',
  ],
  [
    'too many shots',
    `${whole}fewshot_split: test\nnum_fewshot: 5\n`,
    'too few rows to draw examples from (given: 5); allowed: at most 1',
  ],
  [
    'an include that is missing',
    `include: none.yaml\n${whole}`,
    'quiz.yaml:1: include: there is no such task file (given: "none.yaml")',
  ],
  [
    'a prompt that is missing',
    `${whole}bancada:\n  rag: {query: "{{question}}", prompt: none}\n`,
    'quiz.yaml:11: bancada.rag.prompt: unknown prompt "none"',
  ],
  ['an include of itself', `include: quiz.yaml\n${whole}`, 'includes itself'],
  [
    'data files that are missing',
    whole.replace(
      'dataset_path: quiz',
      'dataset_path: json\ndataset_kwargs: {data_files: {test: none.jsonl}}',
    ),
    'quiz.yaml:3: dataset_kwargs.data_files: there is no such data file (given: "none.jsonl")',
  ],
  ['no mapping', '- a\n', 'quiz.yaml:1: is no task'],
])('%s', async (_, text, message) => {
  await expect(load(text)).rejects.toThrow(message);
});

test('a row that lacks a field fails alone, by its number', async () => {
  const items = await Array.fromAsync((await load(whole)).items());
  expect(items[0]?.requests(0, [])).toHaveLength(1);
  expect(() => items[1]?.requests(0, [])).toThrow('row 2 of split "test": "answer" is not there');
});

test('what an include holds is overridden, and its faults carry its own name', async () => {
  await writeFile(path.join(home, 'base.yaml'), `${whole}process_results: !function utils.x\n`);
  await expect(load('include: base.yaml\ntask: mine\nnum_fewshot: 0\n')).rejects.toThrow(
    /base\.yaml:10: process_results: needs Python/,
  );
  await writeFile(path.join(home, 'base.yaml'), whole.replace('exact_match', '!function utils.x'));
  const task = await load('include: base.yaml\ntask: mine\nmetric_list: [{metric: f1}]\n');
  expect(task).toMatchObject({ name: 'mine', metrics: [{ metric: 'f1', filter: 'none' }] });
});

test('the fingerprint depends on configuration, data and seed, not on the file’s place', async () => {
  const first = await load(whole);
  expect((await load(`# a comment\n${whole}`)).fingerprint).toBe(first.fingerprint);
  expect((await load(whole.replace('Q:', 'q:'))).fingerprint).not.toBe(first.fingerprint);
  expect((await load(whole, { generation_kwargs: { temperature: 1 } })).fingerprint).not.toBe(
    first.fingerprint,
  );
});

test('groups and tags stand for their tasks', async () => {
  for (const name of ['one', 'two']) {
    await writeFile(
      path.join(home, `tasks/more/${name}.yaml`),
      whole.replace('task: quiz', `task: ${name}\ntag: pair`),
    );
  }
  await writeFile(
    path.join(home, 'tasks/both.yaml'),
    'group: both\ntask:\n  - one\n  - {task: two, num_fewshot: 1}\naggregate_metric_list: [{metric: exact_match}]\n',
  );
  expect(await expandTask('both', context())).toMatchObject([
    { task: 'one' },
    { task: 'two', num_fewshot: 1 },
  ]);
  expect(await expandTask({ task: 'one', num_fewshot: 2 }, context())).toEqual([
    { task: 'one', num_fewshot: 2 },
  ]);
  expect((await expandTask('pair', context())).map(({ task }) => path.basename(task))).toEqual([
    'one.yaml',
    'two.yaml',
  ]);
  expect((await listTasks([home])).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'both group',
    'one task',
    'two task',
  ]);
  await expect(expandTask('ones', context())).rejects.toThrow('unknown task "ones", did you mean "one"?');
});
