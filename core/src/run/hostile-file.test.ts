// Task files that would take years, or more: a sample's fault after a second, and the run goes on.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ExampleHome, makeExampleHome, runToEnd } from './fixture/example-home.ts';

let home: ExampleHome;
beforeEach(() => {
  home = makeExampleHome(4);
});
afterEach(() => home[Symbol.dispose]());

/** Task `hostile` over the sums: row 1 is answered with what the expression cannot stand. */
function write(keys: string): void {
  const text = `task: hostile
dataset_path: sums
test_split: test
output_type: generate_until
doc_to_target: "{{sum}}"
generation_kwargs: {until: ["\\n"], max_gen_toks: 64}
metric_list: [{metric: exact_match}]
${keys}`;
  writeFileSync(path.join(home.folder, 'tasks/hostile.yaml'), text);
  const answers = [0, 1, 2, 3].map((a) => ({
    prompt: `${a} + 1 =`,
    answer: a === 1 ? `${'a'.repeat(40)}!` : String(a + 1),
  }));
  writeFileSync(
    path.join(home.folder, 'answers.jsonl'),
    answers.map((row) => JSON.stringify(row)).join('\n'),
  );
}

async function outcomes() {
  const suite =
    'name: hostile\nmodels: [{provider: scripted, name: echo, file: answers.jsonl}]\ntasks: [hostile]\n';
  const store = home.store();
  const events = await runToEnd(await home.plan(suite), store);
  const [evaluation] = await store.evaluations((await store.runs())[0]?.id ?? '');
  const samples = await Array.fromAsync(store.samples(evaluation?.id ?? ''));
  await store.close();
  return { end: events.at(-1)?.type, samples: samples.map(({ outcome }) => outcome) };
}

test('security: regular expressions: (a+)+$ on forty a’s costs one sample, not the run', async () => {
  write(`doc_to_text: "{{a}} + {{b}} ="
filter_list: [{name: strict, filter: [{function: regex, regex_pattern: "(a+)+$|([0-9]+)"}, {function: take_first}]}]
`);
  const started = performance.now();
  const { end, samples } = await outcomes();
  expect(end).toBe('run.completed');
  expect(samples).toMatchObject([
    { status: 'ok' },
    { status: 'failed', message: expect.stringContaining('longer than 1000 ms') },
    { status: 'ok' },
    { status: 'ok' },
  ]);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('security: templates: a loop without an end in one row costs one sample, not the run', async () => {
  write(`doc_to_text: "{% if a == 1 %}{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}{% endif %}{{a}} + {{b}} ="
`);
  const { end, samples } = await outcomes();
  expect(end).toBe('run.completed');
  expect(samples).toMatchObject([
    { status: 'ok' },
    { status: 'failed', message: expect.stringContaining('longer than 1000 ms') },
    { status: 'ok' },
    { status: 'ok' },
  ]);
});
