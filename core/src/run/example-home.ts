// A home with small tasks, a corpus and scripted answers: what the tests of runs are made of.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteStore } from '../store/sqlite.ts';
import type { RunEvent } from './event.ts';
import { type Plan, planRun } from './plan.ts';
import type { ResultReader, ResultStore } from './result-store.ts';
import { run } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { parseSuite } from './suite.ts';

/** A folder that is removed at the end, with tasks `sums` (generated), `choices` (scored) and `lookups` (from a corpus). */
export interface ExampleHome extends Disposable {
  readonly folder: string;
  /** Plans a suite given as YAML. */
  plan(suite: string): Promise<Plan>;
  /** Opens `<name>.sqlite` in the folder. */
  store(name?: string): ResultStore & ResultReader;
}

const files: Record<string, string> = {
  'tasks/sums.yaml': `
task: sums
dataset_path: sums
test_split: test
output_type: generate_until
doc_to_text: "{{a}} + {{b}} ="
doc_to_target: "{{sum}}"
generation_kwargs: {until: ["\\n"], max_gen_toks: 8}
metric_list: [{metric: exact_match, aggregation: mean, higher_is_better: true}]
filter_list: [{name: none, filter: [{function: remove_whitespace}, {function: take_first}]}]
`,
  'tasks/choices.yaml': `
task: choices
dataset_path: sums
test_split: test
output_type: multiple_choice
doc_to_text: "{{a}} + {{b}} ="
doc_to_choice: ["even", "odd", "neither"]
doc_to_target: "{{sum % 2}}"
metric_list: [{metric: acc}, {metric: acc_norm}]
`,
  'tasks/lookups.yaml': `
task: lookups
dataset_path: json
dataset_kwargs: {data_files: {test: lookups.jsonl}}
test_split: test
output_type: generate_until
doc_to_text: "Question: {{question}}\\nAnswer:"
doc_to_target: "{{answer}}"
generation_kwargs: {until: ["\\n"], max_gen_toks: 8}
metric_list: [{metric: exact_match}]
bancada: {rag: {query: "{{question}}", relevant: "{{document}}", prompt: rag-en}}
`,
  'tasks/lookups.jsonl': [
    '{"question": "Who keeps bees in Orlan?", "answer": "Mira", "document": "mira"}',
    '{"question": "Who mends boats in Orlan?", "answer": "Tove", "document": "tove"}',
    '{"question": "Who paints doors in Velm?", "answer": "Mira", "document": "missing"}',
  ].join('\n'),
  'prompts/rag-en.yaml': `
name: rag-en
version: 1
variables: [contexts, prompt]
template: "Context:\\n{% for c in contexts %}{{ c.text }}\\n{% endfor %}{{ prompt }}"
`,
  'corpora/orlan/corpus.yaml': "name: orlan\nfiles: ['*.txt']\n",
  'corpora/orlan/mira.txt': 'Mira keeps bees in the hills of Orlan.',
  'corpora/orlan/tove.txt': 'Tove mends boats at the harbour of Orlan.',
};

/** Makes the home; @param items of the tasks `sums` and `choices`. */
export function makeExampleHome(items = 100): ExampleHome {
  const folder = mkdtempSync(path.join(tmpdir(), 'bancada-run-'));
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const rows = Array.from({ length: items }, (_, item) => ({ a: item, b: 1, sum: item + 1 }));
  write('datasets/sums/dataset.yaml', `name: sums\nsplits: {test: {file: test.jsonl, rows: ${items}}}\n`);
  write('datasets/sums/test.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  // Two of three sums are right.
  const answers = rows.map(({ a, b, sum }) => ({
    prompt: `${a} + ${b} =`,
    answer: a % 3 === 0 ? ' 0' : ` ${sum}`,
  }));
  write('answers.jsonl', answers.map((answer) => JSON.stringify(answer)).join('\n'));
  const context = { homes: [folder], secret: () => undefined, indexDirectory: path.join(folder, 'indexes') };
  return {
    folder,
    plan: (suite) => planRun(parseSuite(suite, path.join(folder, 'suite.yaml'), context), context),
    store: (name = 'results') => openSqliteStore(path.join(folder, `${name}.sqlite`)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The suite that most tests run: `sums` and `choices` with the scripted answers. @param options of the model, as YAML. */
export function exampleSuite(options = '', more = ''): string {
  return `
name: example
models: [{provider: scripted, name: echo, file: answers.jsonl, loglikelihood: hash${options && `, ${options}`}}]
tasks: [sums, choices]
${more}`;
}

/** Runs to the end and gives all events. */
export function runToEnd(plan: Plan, store: ResultStore, options?: RunOptions): Promise<RunEvent[]> {
  return Array.fromAsync(run(plan, store, options));
}
