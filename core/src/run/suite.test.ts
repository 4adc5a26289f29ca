// A suite file is checked before anything else, and its form is published.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadSuite, parseSuite } from './suite.ts';
import { suiteSchema } from './suite-schema.ts';

const minimal = 'name: s\nmodels: [a, b]\ntasks: [t, {task: u, limit: 5}]\n';
const parse = (text: string, context = {}) =>
  parseSuite(text, 'suite.yaml', { homes: [], ...context }).definition;

describe('a suite', () => {
  it('has defaults', () => {
    expect(parse(minimal)).toMatchObject({
      seed: 1234,
      repeat: 1,
      rag: [],
      matrix: {},
      generation: {},
      gates: [],
    });
  });

  it('names file, line, key, value and what is allowed of every fault', () => {
    const text = `${minimal}seed: many\nrepeats: 2\ngates: [{metric: acc, task: t, model: a}]\n`;
    expect(() => parse(text)).toThrow(/suite\.yaml:4: seed: .*\(given: "many"\)/);
    expect(() => parse(text)).toThrow(
      /suite\.yaml:5: repeats: unknown key "repeats", did you mean "repeat"\?/,
    );
  });

  it.each([
    ['models', 'name: s\nmodels:\n  - a\n  - b\n  - a\ntasks: [t]', /:5: models\[2\]: "a" stands here twice/],
    [
      'tasks',
      'name: s\nmodels: [a]\ntasks: [t, {task: t, num_fewshot: 5}]',
      /tasks\[1\]: "t" stands here twice/,
    ],
  ])('refuses doubled %s', (_what, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('refuses a gate without a bound, or with bounds that exclude each other', () => {
    const gate = (bounds: string) => parse(`${minimal}gates: [{metric: acc, task: t, model: a${bounds}}]`);
    expect(() => gate('')).toThrow(/promises nothing.*min, max or a baseline/);
    expect(() => gate(', max_drop: 0.1')).toThrow(/compares with nothing.*last-success/);
    expect(() => gate(', min: 1, max: 0')).toThrow(/min is above max/);
  });

  it('is narrowed to some models and tasks, gates included', () => {
    const gates =
      'gates: [{metric: acc, task: t, model: a, min: 1}, {metric: acc, task: u, model: b, min: 1}]';
    const suite = parse(minimal + gates, { models: ['b'], tasks: ['u'], limit: 3 });
    expect(suite).toMatchObject({ models: ['b'], tasks: [{ task: 'u' }], limit: 3, gates: [{ task: 'u' }] });
    expect(() => parse(minimal, { models: ['c'] })).toThrow(
      /--model: unknown model of this suite "c".*allowed: a, b/,
    );
  });

  it('is found by its name in a home', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'bancada-suite-'));
    mkdirSync(path.join(home, 'suites'));
    writeFileSync(path.join(home, 'suites', 'mine.yaml'), minimal);
    expect((await loadSuite('mine', { homes: [home] })).definition.name).toBe('s');
    await expect(loadSuite('theirs', { homes: [home] })).rejects.toThrow(
      /theirs: there is no such suite.*theirs\.yaml/,
    );
    rmSync(home, { recursive: true });
  });

  it('has a published JSON Schema that is up to date', async () => {
    const published = {
      title: 'A suite of Bancada',
      ...z.toJSONSchema(suiteSchema, { io: 'input' }),
    };
    await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot('../../schema/suite.json');
  });
});
