// Holds the import law over core/src, and proves on small wrong samples that the law can fail.
import { expect, test } from 'vitest';
import { importBreaches } from './import-law.ts';
import { readSources } from './source-tree.ts';

const file = (path: string, text: string) => ({ path: `core/src/${path}`, text });

test('core holds the import law', () => {
  const files = readSources(['core/src/**/*.ts']);
  expect(files.length).toBeGreaterThan(0);
  expect(importBreaches(files)).toEqual([]);
});

test.each([
  ['a value', `import { run } from '../run/run.ts';`],
  ['a type', `import type { Run } from '../run/run.ts';`],
  ['an inline type', `import { type Run } from '../run/run.ts';`],
  ['a re-export', `export { run } from '../run/run.ts';`],
  ['a dynamic import', `const { run } = await import('../run/run.ts');`],
  ['an import type', `let run: import('../run/run.ts').Run;`],
])('an import against the flow is a breach: %s', (_, text) => {
  expect(importBreaches([file('metric/mean.ts', text)])).toEqual([
    'core/src/metric/mean.ts:1 imports run, which comes after metric in the flow',
  ]);
});

test('an import along the flow, within the part and of a package is lawful', () => {
  const text = `import '../errors.ts';\nimport './sum.ts';\nimport 'zod';\nimport 'node:fs';`;
  expect(importBreaches([file('metric/mean.ts', text)])).toEqual([]);
});

test('the engine is known to model alone', () => {
  const text = `import { Engine } from '../engine/engine.ts';`;
  expect(importBreaches([file('model/llama-cpp.ts', text)])).toEqual([]);
  expect(importBreaches([file('run/run.ts', text)])).toEqual([
    'core/src/run/run.ts:1 imports engine, known to model alone',
  ]);
});

test('neighbours in one row do not import each other', () => {
  expect(importBreaches([file('store/sqlite.ts', `import '../exporter/csv.ts';`)])).toEqual([
    'core/src/store/sqlite.ts:1 imports exporter, which comes after store in the flow',
  ]);
});

test('a part outside the order and a file outside core/src are breaches', () => {
  const breaches = importBreaches([
    file('shared/text.ts', `import '../errors.ts';`),
    file('run/run.ts', `import '../../../scripts/toolchain.mjs';`),
  ]);
  expect(breaches).toHaveLength(2);
  expect(breaches[0]).toContain('"shared", which has no place');
  expect(breaches[1]).toContain('outside core/src');
});

test('a circle is a breach, type imports counted', () => {
  const breaches = importBreaches([
    file('run/a.ts', `import { b } from './b.ts';`),
    file('run/b.ts', `import type { A } from './a.ts';`),
  ]);
  expect(breaches).toEqual(['circle: core/src/run/a.ts -> core/src/run/b.ts -> core/src/run/a.ts']);
});

test('a test may stand on any part', () => {
  expect(importBreaches([file('metric/mean.test.ts', `import { run } from '../run/run.ts';`)])).toEqual([]);
});
