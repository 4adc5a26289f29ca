// Holds the list of allowed licences over the production dependencies, and the last free version of ApexCharts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allowedLicences, licenceBreaches, productionPackages, satisfies } from './licence.ts';
import { apexChartsBreaches } from './pinned-version.ts';
import { root } from './source-tree.ts';

// What is installed or bundled for a user; e2e and scripts run in development alone.
test.each([
  ['core', 20],
  ['prisma', 20],
  ['worker', 40],
  ['api', 60],
  ['pwa', 10],
])('security: supply chain: every production dependency of %s has an allowed licence', (folder, atLeast) => {
  const packages = productionPackages(join(root, folder));
  expect(packages.length).toBeGreaterThan(atLeast);
  expect(licenceBreaches(packages)).toEqual([]);
});

test.each(['GPL-3.0-only', 'SEE LICENSE IN LICENSE', 'UNLICENSED', 'none given', ''])(
  'a licence that is not allowed is a breach: %s',
  (licence) => {
    expect(licenceBreaches([{ name: 'sample', version: '1.0.0', licence }])).toEqual([
      `sample@1.0.0 has licence "${licence}"`,
    ]);
  },
);

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND Apache-2.0', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-2.0-only OR GPL-3.0-only', false],
])('the expression %s is judged %s', (expression, expected) => {
  expect(satisfies(expression, allowedLicences)).toBe(expected);
});

test('an exception holds for its own package alone', () => {
  const licence = 'LGPL-3.0-or-later';
  expect(licenceBreaches([{ name: '@img/sharp-libvips-linux-x64', version: '1.0.0', licence }])).toEqual([]);
  expect(licenceBreaches([{ name: 'sample', version: '1.0.0', licence }])).toHaveLength(1);
});

test('ApexCharts, where present, is not above 4.7.0', () => {
  expect(apexChartsBreaches(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'))).toEqual([]);
});

test.each([
  ['  apexcharts@4.7.0:', []],
  ['  apexcharts@4.10.0:', ['apexcharts 4.10.0 is above 4.7.0']],
  ['  apexcharts@5.0.0:', ['apexcharts 5.0.0 is above 4.7.0']],
])('the lockfile line "%s" is judged', (line, breaches) => {
  expect(apexChartsBreaches(`packages:\n\n${line}\n`)).toEqual(breaches);
});
