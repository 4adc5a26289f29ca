// Holds the import law between packages, and proves on small wrong samples that it can fail.
import { expect, test } from 'vitest';
import { packageBreaches } from './package-law.ts';
import { readSources } from './source-tree.ts';

test('the packages hold the import law', () => {
  const files = readSources(['{core,prisma,worker,api,pwa}/src/**/*.{ts,tsx}']);
  expect(files.length).toBeGreaterThan(0);
  expect(packageBreaches(files)).toEqual([]);
});

test.each([
  ['worker/src/a.ts', "import '../../api/src/main.ts';", 'api'],
  ['api/src/a.ts', "import type { A } from '@bancada/worker';", 'worker'],
  ['core/src/a.ts', "import '@bancada/prisma';", 'prisma'],
  ['pwa/src/a.tsx', "import '@bancada/core';", 'core'],
])('a breach is found: %s: %s', (path, text, to) => {
  expect(packageBreaches([{ path, text }])).toEqual([
    `${path}:1 imports the package ${to}, which ${path.split('/')[0]} may not name`,
  ]);
});

test('imports along the flow, and of tests, are lawful', () => {
  expect(packageBreaches([{ path: 'api/src/a.ts', text: "import '@bancada/prisma';" }])).toEqual([]);
  expect(packageBreaches([{ path: 'worker/src/a.test.ts', text: "import '../../api/src/a.ts';" }])).toEqual(
    [],
  );
});
