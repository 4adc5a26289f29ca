// A plan holds every cell of the suite, and every fault is found before anything runs.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExampleHome, exampleSuite, makeExampleHome } from './fixture/example-home.ts';

let home: ExampleHome;
beforeEach(() => {
  home = makeExampleHome();
});
afterEach(() => home[Symbol.dispose]());

describe('a plan', () => {
  it('multiplies by the matrix what the matrix changes', async () => {
    const more = 'matrix: {generation.temperature: [0, 0.7], num_fewshot: [0, 2]}';
    const plan = await home.plan(exampleSuite('', more));
    expect(plan.evaluations.map(({ record }) => [record.task, record.variant, record.numFewshot])).toEqual([
      ['sums', 'closed-book[temperature=0,num_fewshot=0]', 0],
      ['sums', 'closed-book[temperature=0,num_fewshot=2]', 2],
      ['sums', 'closed-book[temperature=0.7,num_fewshot=0]', 0],
      ['sums', 'closed-book[temperature=0.7,num_fewshot=2]', 2],
      ['choices', 'closed-book[num_fewshot=0]', 0],
      ['choices', 'closed-book[num_fewshot=2]', 2],
    ]);
  });

  it('knows how many samples there will be, with and without a manifest or a limit', async () => {
    const planned = async (tasks: string) =>
      (await home.plan(exampleSuite('').replace(/tasks: .*/, `tasks: [${tasks}]`))).evaluations.map(
        ({ record }) => record.planned,
      );
    expect(await planned('lookups')).toEqual([3]);
    expect(await planned('{task: lookups, limit: 2}')).toEqual([2]);
  });

  it('keeps what a group says of its member until the suite says otherwise', async () => {
    const group =
      'group: both\ntask: [{task: sums, num_fewshot: 2, generation_kwargs: {max_gen_toks: 5}}, choices]\n';
    writeFileSync(path.join(home.folder, 'tasks/both.yaml'), group);
    const shots = async (tasks: string) => {
      const plan = await home.plan(
        `name: g\nmodels: [{provider: scripted, answer: x, loglikelihood: -1}]\ntasks: [${tasks}]\n`,
      );
      return plan.evaluations.map(({ record }) => [record.task, record.numFewshot]);
    };
    expect(await shots('both')).toEqual([
      ['sums', 2],
      ['choices', 0],
    ]);
    expect(await shots('{task: both, num_fewshot: 1}')).toEqual([
      ['sums', 1],
      ['choices', 1],
    ]);
  });

  it('finds every fault before anything runs, each with its place', async () => {
    const suite = `name: faults
models: [bancada-huge, {provider: scriptd}]
tasks: [sums, smus]
rag: [{name: words, corpus: orlam, chunker: {name: fixed, size: 32}, retriever: {name: bm25}}]
gates: [{metric: exact_match, task: sums, model: echo, min: 1}]
`;
    const fault = await home.plan(suite).catch((error: Error) => error.message);
    const lines = String(fault).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/suite\.yaml:2: models\[0\]: unknown model "bancada-huge"/);
    expect(lines[1]).toMatch(/scriptd.*did you mean "scripted"/);
    expect(lines[2]).toMatch(/suite\.yaml:3: tasks\[1\]: .*"smus", did you mean "sums"/);
    expect(lines[3]).toMatch(/suite\.yaml:4: rag\[0\]: .*"orlam", did you mean "orlan"/);
  });

  it('refuses a task that is there twice, by itself and in a group', async () => {
    writeFileSync(path.join(home.folder, 'tasks', 'both.yaml'), 'group: both\ntask: [sums, choices]\n');
    await expect(home.plan(exampleSuite().replace('[sums, choices]', '[sums, both]'))).rejects.toThrow(
      /suite\.yaml:4: tasks\[1\]: the task "sums" is already in the suite/,
    );
    const plan = await home.plan(exampleSuite().replace('[sums, choices]', '[both]'));
    expect(plan.evaluations.map(({ record }) => record.task)).toEqual(['sums', 'choices']);
  });

  it('refuses gates on what the run will not have', async () => {
    const gate = (text: string) => home.plan(exampleSuite('', `gates: [{${text}, min: 1}]`));
    await expect(gate('metric: exact_mach, task: sums, model: echo')).rejects.toThrow(
      /gates\[0\]\.metric: unknown metric in a gate "exact_mach", did you mean "exact_match"/,
    );
    await expect(gate('metric: acc, task: choices, model: ecko')).rejects.toThrow(
      /unknown model in a gate "ecko"/,
    );
    await expect(gate('metric: acc, task: choices, model: echo, variant: dense')).rejects.toThrow(
      /unknown variant/,
    );
  });
});
