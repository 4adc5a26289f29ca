// The command line as a user meets it: processes, exit codes, what is printed.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = path.join(import.meta.dirname, 'main.ts');
let directory: string;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function bancada(...args: string[]): Promise<Outcome> {
  const options = { cwd: directory, env: { ...process.env, INIT_CWD: directory, NO_COLOR: '1' } };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [main, ...args], options)) };
  } catch (thrown) {
    const { code, stdout, stderr } = thrown as Outcome;
    return { code, stdout, stderr };
  }
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'bancada cli '));
  const rows = Array.from({ length: 40 }, (_, n) => ({ question: `${n}+1?`, answer: String(n + 1) }));
  const script = (right: (n: number) => boolean) =>
    rows.map((row, n) =>
      JSON.stringify({
        prompt: `Question: ${row.question}\nAnswer:`,
        answer: ` ${right(n) ? row.answer : 'no'}\nmore`,
      }),
    );
  await writeFile(path.join(directory, 'sums.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  await writeFile(path.join(directory, 'good.jsonl'), script((n) => n % 10 !== 0).join('\n'));
  await writeFile(path.join(directory, 'poor.jsonl'), script((n) => n % 2 === 0).join('\n'));
  await writeFile(
    path.join(directory, 'sums.yaml'),
    `task: sums
dataset_path: json
dataset_kwargs: {data_files: {test: sums.jsonl}}
test_split: test
output_type: generate_until
doc_to_text: "Question: {{question}}\\nAnswer:"
doc_to_target: "{{answer}}"
generation_kwargs: {until: ["\\n"]}
filter_list: [{name: none, filter: [{function: remove_whitespace}, {function: take_first}]}]
metric_list: [{metric: exact_match}]
`,
  );
  await writeFile(path.join(directory, 'suite.yaml'), suite(0.85));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

function suite(minimum: number): string {
  return `name: sums
models:
  - {provider: scripted, name: good, file: good.jsonl}
  - {provider: scripted, name: poor, file: poor.jsonl}
tasks: [./sums.yaml]
gates: [{metric: exact_match, task: sums, model: good, min: ${minimum}}]
`;
}

describe('bancada run', () => {
  it('prints a table, writes the results and ends with 0 when every gate holds', async () => {
    const outcome = await bancada('run', 'suite.yaml');
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stdout).toMatch(/sums\s.*good.*exact_match.*40.*0\.900/);
    expect(outcome.stdout).toContain('80/80 samples');
  });

  it('gives one JSON document on standard output with --json', async () => {
    const outcome = await bancada('run', 'suite.yaml', '--json', '--limit', '10', '--out', 'ten.sqlite');
    const result = JSON.parse(outcome.stdout) as {
      results: { metrics: { metric: string; n: number; value: number }[] }[];
    };
    const scores = result.results.map(({ metrics }) => metrics.find((one) => one.metric === 'exact_match'));
    expect(scores.map((score) => [score?.n, score?.value])).toEqual([
      [10, 0.9],
      [10, 0.5],
    ]);
  });

  it('ends with 1 when a gate is missed', async () => {
    await writeFile(path.join(directory, 'strict.yaml'), suite(0.95));
    const outcome = await bancada('run', 'strict.yaml', '--out', 'strict.sqlite');
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain('gate MISSED');
  });

  it('ends with 2 and names file, line, key and the nearest name when the suite is wrong', async () => {
    await writeFile(path.join(directory, 'wrong.yaml'), suite(0.5).replace('tasks:', 'taks:'));
    const outcome = await bancada('run', 'wrong.yaml');
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/wrong\.yaml:5: .*taks.*did you mean "tasks"/s);
  });

  it('ends with 2 for a model, task or option that does not exist', async () => {
    for (const args of [
      ['--model', 'god'],
      ['--task', 'sms'],
      ['--limit', 'ten'],
      ['--limt', '3'],
    ]) {
      const outcome = await bancada('run', 'suite.yaml', ...args);
      expect([args, outcome.code]).toEqual([args, 2]);
    }
    expect((await bancada('run', 'suite.yaml', '--model', 'god')).stderr).toContain('did you mean "good"');
    expect((await bancada('run', 'nowhere.yaml')).stderr).toContain('there is no such suite');
  });
});

describe('reading commands', () => {
  it('show prints the stored table, and the runs of the file', async () => {
    const outcome = await bancada('show', 'results.sqlite');
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/good.*exact_match.*0\.900/);
    const runs = JSON.parse((await bancada('show', '--list', '--json')).stdout) as { status: string }[];
    expect(runs.map((run) => run.status)).toEqual(['succeeded']);
  });

  it('compare tells the paired difference, its interval, p and the flips', async () => {
    const outcome = await bancada('compare', 'poor', 'good', '--json');
    const [row] = JSON.parse(outcome.stdout) as {
      paired: { n: number; difference: number; p: number; test: string };
      fixed: unknown[];
      broken: unknown[];
    }[];
    // poor is right on even items, good on all but every tenth: 20 fixed, 4 broken; scipy's binomtest(4, 24) is 0.00154.
    expect(row).toMatchObject({ paired: { n: 40, difference: 0.4, test: 'mcnemar-exact' } });
    expect(row?.paired.p).toBeCloseTo(0.0015438795, 9);
    expect([row?.fixed.length, row?.broken.length]).toEqual([20, 4]);
    expect((await bancada('compare', 'poor', 'good')).stdout).toContain('p = 0.002');
  });

  it('compare names the known models when one is misspelt', async () => {
    const outcome = await bancada('compare', 'poor', 'goood');
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('did you mean "good"');
  });

  it('export writes every format, CSV readable by a CSV parser', async () => {
    const outcome = await bancada('export', '--format', 'csv', '-o', 'samples.csv');
    expect(outcome.code).toBe(0);
    const rows = parse(await readFile(path.join(directory, 'samples.csv'), 'utf8'), {
      columns: true,
    }) as unknown[];
    expect(rows).toHaveLength(80);
    const lines = (await bancada('export', '--format', 'jsonl')).stdout.trim().split('\n');
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(Array(80).fill('object'));
    expect(JSON.parse((await bancada('export', '--format', 'json')).stdout)).toBeTypeOf('object');
    expect((await bancada('export', '--format', 'markdown')).stdout).toMatch(/\| *sums *\|.*0\.9/);
    expect((await bancada('export', '--format', 'xlsx')).code).toBe(2);
  });

  it('a missing results file ends with 2 and says how to make one', async () => {
    const outcome = await bancada('show', 'nothing.sqlite');
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('no results file');
  });

  it('ls lists every kind that is registered', async () => {
    for (const kind of ['models', 'datasets', 'tasks', 'suites', 'metrics', 'retrievers', 'chunkers']) {
      expect([kind, (await bancada('ls', kind)).code]).toEqual([kind, 0]);
    }
    expect((await bancada('ls', 'models')).stdout).toContain('bancada-tiny');
    expect((await bancada('ls', 'modles')).stderr).toContain('did you mean "models"');
  });

  it('every command explains itself with an example', async () => {
    for (const command of ['run', 'show', 'compare', 'export', 'ls', 'doctor']) {
      expect((await bancada(command, '--help')).stdout).toMatch(/Examples?:\n {2}npm run (-s )?bancada -- /);
    }
  });
});

describe('a gate against an earlier run', () => {
  const against = (file: string, baseline: string) => `name: compared
models: [{provider: scripted, name: answers, file: ${file}}]
tasks: [./sums.yaml]
gates: [{metric: exact_match, task: sums, model: answers, baseline: ${baseline}}]
`;
  const run = async (file: string, baseline: string, out: string) => {
    await writeFile(path.join(directory, 'compared.yaml'), against(file, baseline));
    return bancada('run', 'compared.yaml', '--out', out);
  };

  it('passes at first, holds on the same answers, and ends with 1 on a significant regression', async () => {
    const first = await run('good.jsonl', 'last-success', 'history.sqlite');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing is compared yet') });
    const same = await run('good.jsonl', 'last-success', 'history.sqlite');
    expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('no significant regression') });
    const worse = await run('poor.jsonl', 'last-success', 'history.sqlite');
    expect(worse).toMatchObject({ code: 1, stdout: expect.stringContaining(': a significant regression') });
    const file = await run('poor.jsonl', './history.sqlite', 'other.sqlite');
    expect(file).toMatchObject({ code: 0, stdout: expect.stringContaining('difference 0') });
  });

  it('ends with 2 before anything runs when the named run is not there', async () => {
    const outcome = await run('good.jsonl', '019a0000-0000-7000-8000-000000000001', 'none.sqlite');
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('gates[0].baseline: there is no such run to compare with');
  });
});
