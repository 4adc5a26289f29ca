// Prompts, tasks and suites are saved as versions, checked as files are, used by runs, labelled and deleted, over HTTP.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { seed } from '@bancada/prisma';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../fixture/test-api.ts';

const bundled = path.resolve(import.meta.dirname, '../../../data');
const home = mkdtempSync(path.join(tmpdir(), 'bancada-saved-'));
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ homes: [home, bundled] });
  await seed(api.database.prisma, [home, bundled]);
}, 60_000);
afterAll(async () => {
  await api.close();
  rmSync(home, { recursive: true });
});

interface Issue {
  readonly path: string;
  readonly message: string;
  readonly line: number | null;
}

interface Outcome {
  readonly __typename: string;
  readonly message?: string;
  readonly issues?: readonly Issue[];
  readonly data?: { readonly id: string; readonly name: string; readonly version: number };
  readonly version?: number;
  readonly unchanged?: boolean;
  readonly warnings?: readonly Issue[];
}

async function save(kind: 'Prompt' | 'Task' | 'Suite', input: object, key?: string): Promise<Outcome> {
  const warnings = kind === 'Prompt' ? '' : 'warnings { path message line }';
  const { outcome } = await api.query<{ outcome: Outcome }>(
    `mutation ($input: Save${kind}Input!, $key: String) { outcome: save${kind}(input: $input, idempotencyKey: $key) { __typename
       ... on MutationSave${kind}Success { data { id name version } version unchanged ${warnings} }
       ... on Error { message } ... on ValidationError { issues { path message line } } } }`,
    { input, key },
  );
  return outcome;
}

const passages = '{% for c in contexts %}{{ c.text }}\n{% endfor %}{{ prompt }}';

describe('savePrompt', () => {
  test('saves versions that never change, and says when nothing changed', async () => {
    const first = await save('Prompt', { name: 'mine', template: passages, description: 'Bare passages' });
    expect(first).toMatchObject({ version: 1, unchanged: false, data: { name: 'mine', version: 1 } });
    const same = await save('Prompt', { name: 'mine', template: passages, description: 'Bare passages' });
    expect(same).toMatchObject({ version: 1, unchanged: true });
    const second = await save('Prompt', { name: 'mine', template: `Read:\n${passages}` });
    expect(second).toMatchObject({ version: 2, unchanged: false });
    const { prompt } = await api.query<{ prompt: { versions: unknown[]; variables: string[] } }>(
      '{ prompt(id: "mine") { variables versions { version sha256 template description saved labels } } }',
    );
    expect(prompt.variables).toEqual(['contexts', 'prompt']);
    expect(prompt.versions).toMatchObject([
      { version: 2, template: `Read:\n${passages}`, description: null, saved: true },
      {
        version: 1,
        template: passages,
        description: 'Bare passages',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  test('one key saves one text', async () => {
    const once = await save('Prompt', { name: 'keyed', template: 'a {{ x }}' }, 'key-1');
    const again = await save('Prompt', { name: 'keyed', template: 'a {{ x }}' }, 'key-1');
    expect([once.version, again.version, again.data?.id]).toEqual([1, 1, once.data?.id]);
    const other = await save('Prompt', { name: 'keyed', template: 'b' }, 'key-1');
    expect(other).toMatchObject({ __typename: 'ConflictError', message: expect.stringContaining('key-1') });
  });

  test.each([
    [{ name: '../evil', template: 'x' }, 'name', 'allowed: a letter or digit'],
    [{ name: 'broken', template: '{{ foo( }}' }, 'template', 'does not parse'],
    [{ template: 'x' }, 'name', 'is missing'],
    [{ yaml: 'name: a\nversion: 1\ntemplate: x\nvariables: [y]\n' }, 'variables[0]', 'a.yaml:4'],
    [{ yaml: 'name: a\nversion: 1\ntemplat: x\nvariables: []\n' }, 'templat', 'did you mean "template"'],
  ])('refuses %j at its place', async (input, at, message) => {
    const { issues } = await save('Prompt', input);
    expect(issues?.map(({ path }) => path)).toContain(at);
    expect(issues?.map((issue) => issue.message).join('\n')).toContain(message);
  });

  test('what comes with the program is not saved over', async () => {
    expect(await save('Prompt', { name: 'rag-en', template: 'x' })).toMatchObject({
      __typename: 'ConflictError',
      message: expect.stringContaining('save yours under another name'),
    });
  });

  test('labels move between versions', async () => {
    const { prompt } = await api.query<{ prompt: { id: string } }>('{ prompt(id: "mine") { id } }');
    const label = async (version: number | null) => {
      const { labelPrompt } = await api.query<{ labelPrompt: { data: { labels: unknown[] } } }>(
        `mutation ($id: ID!, $version: Int) { labelPrompt(id: $id, label: "production", version: $version) {
           ... on MutationLabelPromptSuccess { data { labels { label version } } } ... on Error { message } } }`,
        { id: prompt.id, version },
      );
      return labelPrompt.data?.labels;
    };
    expect(await label(1)).toEqual([{ label: 'production', version: 1 }]);
    expect(await label(2)).toEqual([{ label: 'production', version: 2 }]);
    expect(await label(9)).toBeUndefined();
    const listed = await api.query<{ prompts: { totalCount: number } }>(
      '{ prompts(label: "production") { totalCount nodes { name } } }',
    );
    expect(listed.prompts).toEqual({ totalCount: 1, nodes: [{ name: 'mine' }] });
  });
});

const task = `task: my-facts
include: tiny-facts.yaml
doc_to_text: "Q: {{question}}\\nA:"
bancada: {rag: {query: "{{question}}", relevant: "{{document}}", prompt: mine@production}}
`;

describe('saveTask and saveSuite', () => {
  test('security: templates: a hostile task is refused within seconds, and the API answers meanwhile', async () => {
    const loop = '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}';
    // The thread is there, so that its start is not measured.
    await save('Task', { yaml: `task: warm\ninclude: tiny-facts.yaml\ndoc_to_text: "{{ nothing }}"\n` });
    // API and test share a thread: what holds it up is seen here.
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const started = performance.now();
    const refused = await save('Task', {
      yaml: `task: slow\ninclude: tiny-facts.yaml\ndoc_to_text: "${loop}"\n`,
    });
    delay.disable();
    expect(refused.__typename).toBe('ValidationError');
    expect(refused.issues?.[0]).toMatchObject({
      path: 'doc_to_text',
      line: 3,
      message: expect.stringContaining('1000 ms'),
    });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(delay.max / 1e6).toBeLessThan(700);
  });

  test('a task that includes a bundled one is opened with its data', async () => {
    expect(await save('Task', { yaml: task })).toMatchObject({ version: 1, warnings: [] });
    const { task: saved } = await api.query<{ task: object }>(
      '{ task(id: "my-facts") { outputType retrieves metrics bundled version versions { version saved } } }',
    );
    expect(saved).toEqual({
      outputType: 'generate_until',
      retrieves: true,
      metrics: ['exact_match', 'f1'],
      bundled: false,
      version: 1,
      versions: [{ version: 1, saved: true }],
    });
  });

  test.each([
    ['include: tiny-facts.yaml\ndoc_to_text: "{{ questin }}"', 'doc_to_text', 3, 'did you mean "question"'],
    ['include: tiny-choice.yaml\ndoc_to_choice: optns', 'doc_to_choice', 3, 'gives no list'],
    ['include: tiny-facts.yaml\noutput_typ: x', 'output_typ', 3, 'did you mean "output_type"'],
    ['include: ../../../etc/passwd', 'include', 2, 'is no task here'],
    ['include: nothing.yaml', 'include', 2, 'there is no such task file'],
    [
      'dataset_path: json\ndataset_kwargs: {data_files: /etc/passwd}',
      'dataset_kwargs.data_files',
      3,
      'not files',
    ],
    ['x: [', '', 3, 'not valid YAML'],
    ['group: g\ntask: [tiny-facts]', 'task', undefined, 'several tasks'],
  ])('the task %j is refused with key and line', async (text, at, line, message) => {
    const outcome = await save('Task', { yaml: `${line === undefined ? '' : 'task: t\n'}${text}\n` });
    expect(outcome.__typename).toBe('ValidationError');
    expect(outcome.issues).toMatchObject([{ path: at, line: line ?? 2 }]);
    expect(outcome.message).toContain(message);
    expect(JSON.stringify(outcome)).not.toContain(tmpdir());
  });

  test('a task without its data is saved with a warning', async () => {
    const yaml =
      'task: later\ndataset_path: not-here\ntest_split: test\ndoc_to_text: "{{q}}"\ndoc_to_target: "{{a}}"\n';
    expect(await save('Task', { yaml })).toMatchObject({
      version: 1,
      warnings: [{ path: 'dataset_path', line: 2, message: expect.stringContaining('not-here') }],
    });
  });

  test('a suite tells its faults by line, and what is not there as a warning', async () => {
    const wrong = await save('Suite', {
      yaml: 'name: s\nmodels: [a]\ntasks:\n  - {task: t, num_fewshot: many}\n',
    });
    expect(wrong.issues).toMatchObject([{ path: 'tasks[0].num_fewshot', line: 4 }]);
    const early = await save('Suite', { yaml: 'name: early\nmodels: [not-here]\ntasks: [my-facts]\n' });
    expect(early).toMatchObject({ version: 1, warnings: [{ path: 'models[0]', line: 2 }] });
    const checked = await api.query<{ checkSuite: { issues: Issue[]; warnings: Issue[] } }>(
      'query ($yaml: String!) { checkSuite(input: {yaml: $yaml}) { issues { path line } warnings { path } } }',
      { yaml: 'name: s\nmodel: [a]\n' },
    );
    expect(checked.checkSuite.issues.length).toBeGreaterThan(0);
    const { suites } = await api.query<{ suites: { nodes: { name: string }[] } }>(
      '{ suites { nodes { name } } }',
    );
    expect(suites.nodes.map(({ name }) => name)).toEqual(['early', 'engines', 'quickstart']);
  });

  test('a name given beside the text is put into it, comments kept', async () => {
    await save('Suite', {
      name: 'copied',
      yaml: '# mine\nname: old\nmodels: [bancada-tiny]\ntasks: [my-facts]\n',
    });
    const { suites } = await api.query<{ suites: { nodes: { yaml: string; versions: object[] }[] } }>(
      '{ suites(search: "copied") { nodes { yaml versions { version saved } } } }',
    );
    expect(suites.nodes[0]).toEqual({
      yaml: '# mine\nname: copied\nmodels: [ bancada-tiny ]\ntasks: [ my-facts ]\n',
      versions: [{ version: 1, saved: true }],
    });
  });

  test('a run keeps the texts that it was made with', async () => {
    const suite = `name: saved texts
models: [{provider: scripted, name: echo, answer: "x"}]
tasks: [my-facts]
rag:
  - {name: bare, corpus: tiny-world, chunker: {name: fixed, size: 64, overlap: 0}, retriever: {name: bm25, k: 1}}
`;
    const { createRun } = await api.query<{ createRun: { data?: { id: string }; message?: string } }>(
      `mutation ($suite: String!) { createRun(input: {suite: $suite, limit: 2}) {
         ... on MutationCreateRunSuccess { data { id } } ... on Error { message } } }`,
      { suite },
    );
    expect(createRun.message).toBeUndefined();
    const run = await api.database.prisma.run.findUniqueOrThrow({ where: { id: createRun.data?.id ?? '' } });
    expect(run.library).toEqual({
      tasks: { 'my-facts': task },
      prompts: { 'mine@production': expect.stringContaining('Read:'), mine: expect.any(String) },
    });
    expect(readdirSync(path.join(home, 'library')).filter((name) => name.startsWith('half'))).toEqual([]);
  });
});

describe('renderPrompt', () => {
  const render = async (template: string, variables: object = {}) => {
    const { renderPrompt } = await api.query<{
      renderPrompt: { text: string | null; message: string | null };
    }>(
      'query ($template: String!, $variables: JSON) { renderPrompt(template: $template, variables: $variables) { text message } }',
      { template, variables },
    );
    return renderPrompt;
  };

  test('fills a template in, or says what is missing', async () => {
    expect(await render('{{ a }} and {{ b | upper }}', { a: 1, b: 'x' })).toEqual({
      text: '1 and X',
      message: null,
    });
    expect((await render('{{ questin }}', { question: 'x' })).message).toContain('did you mean "question"');
  });

  test('security: templates: hostile ones are stopped, and the API answers meanwhile', async () => {
    await render('warm');
    const loop = '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}';
    const started = performance.now();
    const stopped = render(loop);
    await api.query('{ viewer { name } }');
    expect(performance.now() - started).toBeLessThan(900);
    expect((await stopped).message).toMatch(/1000 ms|took too long/);
    expect((await render('{{ range.constructor("return process")() }}')).message).toContain(
      'range.constructor',
    );
    const growth =
      '{% set n = namespace(v=range(99999) | list) %}{% for i in range(9) %}{% set n.v = n.v + n.v %}{% endfor %}';
    expect((await render(growth)).message).toMatch(/longer than|too much memory/);
    expect((await render('still {{ a }}', { a: 'here' })).text).toBe('still here');
  });
});

describe('deleting', () => {
  const remove = async (kind: 'Prompt' | 'Task' | 'Suite', id: string) => {
    const { outcome } = await api.query<{ outcome: Outcome }>(
      `mutation ($id: ID!) { outcome: delete${kind}(id: $id) { __typename
         ... on MutationDeleteConfigurationSuccess { data { id name } } ... on Error { message } } }`,
      { id },
    );
    return outcome;
  };
  const idOf = async (kind: 'prompt' | 'task', name: string) =>
    (await api.query<Record<string, { id: string }>>(`{ ${kind}(id: "${name}") { id } }`))[kind]?.id ?? '';

  test('waits until nothing names it', async () => {
    const [prompt, owner] = [await idOf('prompt', 'mine'), await idOf('task', 'my-facts')];
    expect(await remove('Prompt', prompt)).toMatchObject({
      __typename: 'ConflictError',
      message: 'the prompt "mine" is used by task my-facts',
    });
    expect((await remove('Task', owner)).message).toBe(
      'the task "my-facts" is used by suite copied, suite early',
    );
    const { suites } = await api.query<{ suites: { nodes: { id: string; bundled: boolean }[] } }>(
      '{ suites { nodes { id bundled } } }',
    );
    for (const { id, bundled } of suites.nodes)
      expect((await remove('Suite', id)).__typename).toBe(
        bundled ? 'ConflictError' : 'MutationDeleteConfigurationSuccess',
      );
    expect((await remove('Task', owner)).data?.name).toBe('my-facts');
    expect((await remove('Prompt', prompt)).data?.name).toBe('mine');
    expect((await remove('Prompt', prompt)).__typename).toBe('NotFoundError');
    expect((await remove('Prompt', await idOf('prompt', 'rag-en'))).__typename).toBe('ConflictError');
  });
});
