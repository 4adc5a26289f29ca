// Runs of the command line taken in by a server: pushed for real, the same numbers out as in, and what is refused leaves nothing behind.
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const cli = path.resolve(import.meta.dirname, '../../../core/src/cli/main.ts');
const suite = `name: pushed
models:
  - {provider: scripted, name: good, answer: "12"}
  - {provider: scripted, name: poor, answer: "=1+1"}
tasks: [tiny-arithmetic, tiny-facts]
rag: [{name: words, corpus: tiny-world, chunker: {name: fixed, size: 64, overlap: 0}, retriever: {name: bm25, k: 2}}]
gates: [{metric: exact_match, task: tiny-arithmetic, model: good, min: 0.9}]
`;

let api: TestApi;
let folder: string;
let results: string;
let runId: string;

async function bancada(...parameters: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, INIT_CWD: folder, NO_COLOR: '1' };
  try {
    return {
      code: 0,
      ...(await promisify(execFile)(process.execPath, [cli, ...parameters], { cwd: folder, env })),
    };
  } catch (thrown) {
    return thrown as { code: number; stdout: string; stderr: string };
  }
}

function post(body: BodyInit, query = '', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${api.url}/api/v1/runs/import${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.sqlite3', ...headers },
    body,
  });
}

// A copy of the file, changed by SQL.
async function changed(name: string, sql: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = path.join(folder, `${name}.sqlite`);
  await copyFile(results, file);
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF;');
  database.exec(sql);
  database.close();
  return new Uint8Array(await readFile(file));
}

async function counts(): Promise<unknown> {
  const { rows } = await api.services.pool.query(
    `select (select count(*)::int from "Run") as runs, (select count(*)::int from "Sample") as samples,
       (select count(*)::int from "Score") as scores, (select count(*)::int from "RunEvent") as events`,
  );
  return rows[0];
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bancada push '));
  await writeFile(path.join(folder, 'suite.yaml'), suite);
  const ran = await bancada('run', 'suite.yaml', '--limit', '8', '--json');
  // A gate is missed.
  expect(ran.code, ran.stderr).toBe(1);
  const database = new DatabaseSync(path.join(folder, 'results.sqlite'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  results = path.join(folder, 'results.sqlite');
  runId = JSON.parse(ran.stdout).run.id;
  api = await startTestApi();
}, 120_000);
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a run that the command line made', () => {
  test('is pushed with all that belongs to it', async () => {
    const pushed = await bancada('push', 'results.sqlite', '--to', api.url, '--json');
    expect(pushed.code, pushed.stderr).toBe(0);
    expect(JSON.parse(pushed.stdout)).toEqual({
      runs: [{ id: runId, name: 'pushed', outcome: 'imported', samples: 48 }],
    });
    const run = await (await fetch(`${api.url}/api/v1/runs/${runId}`)).json();
    expect(run).toMatchObject({
      status: 'SUCCEEDED',
      progress: { done: 48, total: 48, failed: 0 },
      config: suite,
      gates: [{ passed: false }],
    });
    expect(run.evaluations).toHaveLength(6);
  });

  test('is exported to the same numbers', async () => {
    const both = async (format: string) =>
      Promise.all([
        fetch(`${api.url}/api/v1/runs/${runId}/export?format=${format}`).then((answer) => answer.text()),
        bancada('export', 'results.sqlite', '--format', format).then(({ stdout }) => stdout),
      ]);
    const [csv, localCsv] = await both('csv');
    expect(csv).toBe(localCsv);
    // Postgres keeps the keys of the environment in an order of its own.
    const [markdown, localMarkdown] = (await both('markdown')).map((text) => text.split('\n').toSorted());
    expect(markdown).toEqual(localMarkdown);
    const [lmEval, localLmEval] = (await both('lm-eval')).map((text) => {
      const { pretty_env_info, ...rest } = JSON.parse(text);
      return { ...rest, environment: JSON.parse(pretty_env_info) };
    });
    expect(lmEval).toEqual(localLmEval);
  });

  test('comes back as a results file that holds the same', async () => {
    const file = path.join(folder, 'back.sqlite');
    const answer = await fetch(`${api.url}/api/v1/runs/${runId}/export?format=sqlite`);
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    const [back, there] = await Promise.all(
      ['back.sqlite', 'results.sqlite'].map(
        async (name) => (await bancada('export', name, '--format', 'csv')).stdout,
      ),
    );
    expect(back).toBe(there);
    const bytes = new Uint8Array(await readFile(file));
    const form = new FormData();
    form.append('file', new Blob([bytes]), 'back.sqlite');
    const asForm = fetch(`${api.url}/api/v1/runs/import`, { method: 'POST', body: form });
    for (const answer of await Promise.all([post(bytes), asForm])) {
      expect(await answer.json()).toMatchObject({ runs: [{ id: runId, outcome: 'unchanged' }] });
    }
  });

  test('shows in GraphQL like any other, with samples, retrieved chunks and its log', async () => {
    const { run } = await api.query<{ run: Record<string, never> }>(
      `query ($id: ID!) { run(id: $id) { status importedAt lastSequence metrics { name value }
         samples(first: 3, filter: {variant: "words"}) { nodes { input retrieved { documentId } } } hardware { __typename } } runs { nodes { id } } }`,
      { id: runId },
    );
    expect(run).toMatchObject({
      status: 'SUCCEEDED',
      importedAt: expect.any(String),
      lastSequence: expect.any(Number),
      hardware: [],
    });
    expect(run.samples).toMatchObject({ nodes: [{ retrieved: [{}, {}] }, {}, {}] });
  });

  test('is there once, however often it is pushed', async () => {
    const before = await counts();
    expect((await bancada('push', 'results.sqlite', '--to', api.url)).stdout).toMatch(
      /^unchanged {2}48 samples/,
    );
    const same = await changed('same', 'SELECT 1');
    const answers = await Promise.all([post(same), post(same), post(same)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await counts()).toEqual(before);
  });

  test('sent by three at once is taken in once', async () => {
    const id = '019a0000-0000-7000-8000-0000000000dd';
    const file = await changed('three', `UPDATE run SET id = '${id}'; UPDATE evaluation SET run = '${id}'`);
    const answers = await Promise.all([post(file), post(file), post(file)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 201]);
    expect(await api.services.prisma.sample.count({ where: { evaluation: { runId: id } } })).toBe(48);
  });

  test('pushed again when it knows more replaces what was there', async () => {
    const cancelled = "UPDATE run SET id = '019a0000-0000-7000-8000-0000000000aa', status = 'cancelled'";
    const part = `${cancelled}; UPDATE evaluation SET run = '019a0000-0000-7000-8000-0000000000aa'`;
    const first = await post(await changed('part', `${part}; DELETE FROM score; DELETE FROM sample`));
    expect(await first.json()).toMatchObject({ runs: [{ outcome: 'imported', samples: 0 }] });
    const second = await post(await changed('whole', `${part}; UPDATE run SET status = 'succeeded'`));
    expect(await second.json()).toMatchObject({ runs: [{ outcome: 'replaced', samples: 48 }] });
    expect(second.headers.get('location')).toBe('/api/v1/runs/019a0000-0000-7000-8000-0000000000aa');
  });
});

describe('what is refused leaves nothing behind', () => {
  const other =
    "UPDATE run SET id = '019a0000-0000-7000-8000-0000000000bb'; UPDATE evaluation SET run = '019a0000-0000-7000-8000-0000000000bb';";
  test.each([
    [
      'a sample that is none',
      `${other} UPDATE sample SET requests = '[{"text": 5}]' WHERE key = 40`,
      /a record cannot be read/,
    ],
    [
      'a request without its time',
      `${other} UPDATE sample SET requests = '[{"text": 5, "timing": {}}]' WHERE key = 40`,
      /requests.0/,
    ],
    ['JSON that is none', `${other} UPDATE sample SET requests = '{' WHERE key = 40`, /JSON/],
    ['an id that is none', "UPDATE run SET id = 'x'; UPDATE evaluation SET run = 'x'", /a UUID/],
    ['a time that is none', `${other} UPDATE run SET created_at = 'yesterday'`, /createdAt/],
    ['a run that is not over', `${other} UPDATE run SET status = 'running'`, /is running: end it first/],
    ['a trigger', `${other} CREATE TRIGGER t AFTER INSERT ON run BEGIN SELECT 1; END`, /holds a trigger t/],
    [
      'a view in place of a table',
      'DROP TABLE warning; CREATE VIEW warning AS SELECT 1 AS code',
      /lacks the tables warning/,
    ],
    ['another version', "UPDATE meta SET value = '999'", /another version/],
    ['no run at all', 'DELETE FROM run', /holds no run/],
  ])('%s', async (name, sql, said) => {
    const before = await counts();
    const answer = await post(await changed(name, sql));
    const problem = await answer.json();
    expect([answer.status, problem.detail]).toEqual([422, expect.stringMatching(said)]);
    expect(problem.detail).not.toContain(tmpdir());
    expect(await counts()).toEqual(before);
  });

  test('what is not SQLite, half a file, a foreign page, another type, a run that is not in it', async () => {
    const before = await counts();
    const temporary = await mkdtemp(path.join(folder, 'temporary-'));
    vi.stubEnv('TMPDIR', temporary);
    const whole = new Uint8Array(await readFile(results));
    const statuses = await Promise.all([
      post('these are only notes, '.repeat(100)),
      post(whole.slice(0, whole.length / 2)),
      post(whole, '', { origin: 'https://evil.example' }),
      post(whole, '', { 'content-type': 'text/plain' }),
      post(whole, '?run=019a0000-0000-7000-8000-0000000000cc'),
      post(''),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([422, 422, 403, 415, 404, 422]);
    for (const answer of statuses)
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await counts()).toEqual(before);
    expect(await readdir(temporary)).toEqual([]);
    vi.unstubAllEnvs();
  });
});

describe('the command', () => {
  test('names the server that is not there, and the address that is none', async () => {
    const away = await bancada('push', 'results.sqlite', '--to', 'http://127.0.0.1:1');
    expect([away.code, away.stderr]).toEqual([
      1,
      expect.stringContaining('http://127.0.0.1:1 cannot be reached'),
    ]);
    const wrong = await bancada('push', 'results.sqlite', '--to', 'localhost');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--to')]);
  });

  test('tells what the server says', async () => {
    await writeFile(
      path.join(folder, 'open.sqlite'),
      await changed('open', "UPDATE run SET status = 'running'"),
    );
    const refused = await bancada('push', 'open.sqlite', '--to', api.url);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is running: end it first')]);
  });
});
