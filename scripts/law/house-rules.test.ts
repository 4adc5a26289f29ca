// Holds the house rules over every source file, and proves on small wrong samples that each rule can fail.
import { expect, test } from 'vitest';
import { houseRuleBreaches } from './house-rules.ts';
import { readSources } from './source-tree.ts';

const purpose = '// The purpose of this sample in one line.\n';
const breachesOf = (text: string, path = 'core/src/run/sample.ts') => houseRuleBreaches([{ path, text }]);

test('every source file holds the house rules', () => {
  const files = readSources(['{core,prisma,worker,api,pwa,e2e}/**/*.{ts,tsx}', 'scripts/**/*.{ts,mjs}']);
  expect(files.length).toBeGreaterThan(0);
  expect(houseRuleBreaches(files)).toEqual([]);
});

test('a file that holds every rule has no breach', () => {
  expect(breachesOf(`${purpose}export const one = 1;\n`)).toEqual([]);
  expect(breachesOf(`#!/usr/bin/env node\n${purpose}export const one = 1;\n`)).toEqual([]);
});

test.each([
  ['no purpose line', 'export const one = 1;\n', 'does not open with a comment'],
  ['a file too long', `${purpose}${'\n'.repeat(400)}`, 'is longer than 400 lines'],
  ['export *', `${purpose}export * from './one.ts';\n`, 'exports * instead of names'],
  ['export * as', `${purpose}export * as one from './one.ts';\n`, 'exports * instead of names'],
  ['export default', `${purpose}export default 1;\n`, 'has a default export'],
  ['export default function', `${purpose}export default function one() {}\n`, 'has a default export'],
  [
    'export { one as default }',
    `${purpose}const one = 1;\nexport { one as default };\n`,
    'has a default export',
  ],
  ['any', `${purpose}export const one: any = 1;\n`, 'says any'],
  ['any within a type', `${purpose}export type One = Map<string, any[]>;\n`, 'says any'],
  ['process.env', `${purpose}export const home = process.env.HOME;\n`, 'reads the environment'],
  ["process['env']", `${purpose}export const home = process['env'];\n`, 'reads the environment'],
  ['{ env } = process', `${purpose}const { env } = process;\n`, 'reads the environment'],
  ['env of node:process', `${purpose}import { env } from 'node:process';\n`, 'reads the environment'],
])('a breach is found: %s', (_, text, rule) => {
  expect(breachesOf(text)).toEqual([expect.stringContaining(rule)]);
});

test.each(['utils.ts', 'helpers/text.ts', 'common/a.ts', 'misc.ts', 'lib/a.ts', 'types.ts', 'constants.ts'])(
  'a drawer is a breach: %s',
  (name) => {
    expect(breachesOf(purpose, `core/src/run/${name}`)).toEqual([expect.stringContaining('drawer')]);
  },
);

test('the word any in a text or comment is no breach, nor a default clause', () => {
  const text = `${purpose}/** any of them */\nexport const any = 'any';\nswitch (any) { default: break; }\n`;
  expect(breachesOf(text)).toEqual([]);
});

test('the environment may be read in its one place and in tests', () => {
  const text = `${purpose}export const home = process.env.HOME;\n`;
  expect(breachesOf(text, 'core/src/cli/environment.ts')).toEqual([]);
  expect(breachesOf(text, 'core/src/run/run.test.ts')).toEqual([]);
});
