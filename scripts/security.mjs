// `npm run security`: runs the tests that docs/security.md names by their titles, and prints `row | test | result`.
// Usage: npm run security [-- <words of row names>], which then runs the files of those rows alone.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runNode } from './child.mjs';
import { root } from './toolchain.mjs';

const packages = ['scripts', 'core', 'prisma', 'worker', 'api', 'e2e'];
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const folder = mkdtempSync(join(tmpdir(), 'bancada-security-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The rows of the table in docs/security.md, in its order. */
function promisedRows() {
  const text = readFileSync(join(root, 'docs', 'security.md'), 'utf8');
  const rows = [...text.matchAll(/^\| ([^|]+?) \|/gm)].map((found) => found[1]);
  return rows.filter((row) => row !== 'row' && !row.startsWith('---'));
}

/** Test files of a package that speak of security in a title, of the wanted rows where some are. */
function testFiles(name) {
  const source = join(root, name);
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
    .filter((file) => rowsIn(readFileSync(join(source, file), 'utf8')).some(isWanted));
}

function rowsIn(text) {
  return [...text.matchAll(/security: ([^:'`"]+)/g)].map(([, row]) => row);
}

function isWanted(row) {
  return words.length === 0 || words.some((word) => row.toLowerCase().includes(word));
}

/** What became of the tests with such titles; their files run whole, as tests of a file may build on each other. */
async function runTests(name) {
  const files = testFiles(name);
  if (files.length === 0) return [];
  const out = join(folder, `${name}.json`);
  const vitest = relative(join(root, name), join(root, 'node_modules', 'vitest', 'vitest.mjs'));
  const args = [vitest, 'run', '--reporter=json', `--outputFile=${out}`, ...files];
  console.error(`tests of ${name}: ${files.length} files`);
  await runNode(args, { cwd: join(root, name) });
  const { testResults } = JSON.parse(readFileSync(out, 'utf8'));
  const failedFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  for (const { name: file, message } of failedFiles) console.error(`${file}: ${message}`);
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName }) => fullName.includes('security: '));
}

/** `security: <row>: <what>`, of the test itself or of the group it is in, whose name then goes before the test's own. */
function placeOf({ title, ancestorTitles }) {
  const own = /^security: ([^:]+): (.+)$/s.exec(title);
  if (own) return { row: own[1], test: own[2] };
  const group = ancestorTitles.findLast((text) => text.startsWith('security: ')) ?? 'security: other';
  const [, row, what] = /^security: ([^:]+)(?:: (.+))?$/s.exec(group) ?? [];
  return { row, test: what ? `${what}: ${title}` : title };
}

await ensureBuilt();
const results = new Map();
for (const name of packages) {
  for (const assertion of await runTests(name)) {
    const { row, test } = placeOf(assertion);
    const key = `${row} | ${test}`;
    const counts = results.get(key) ?? { row, test, passed: 0, failed: 0, leftOut: 0 };
    counts[['passed', 'failed'].includes(assertion.status) ? assertion.status : 'leftOut'] += 1;
    results.set(key, counts);
  }
}

const promised = promisedRows();
const others = [...new Set([...results.values()].map(({ row }) => row))].filter(
  (row) => !promised.includes(row),
);
const bare = [];
console.log('| row | test | result |\n| --- | --- | --- |');
for (const row of [...promised, ...others]) {
  if (!isWanted(row)) continue;
  const tests = [...results.values()].filter((one) => one.row === row);
  if (!tests.some((one) => one.passed > 0) && promised.includes(row)) bare.push(row);
  if (tests.length === 0) console.log(`| ${row} | – | no test of this name |`);
  for (const { test, passed, failed, leftOut } of tests) {
    const all = passed + failed + leftOut;
    const result = failed > 0 ? 'FAILED' : passed > 0 ? 'passed' : 'left out here';
    const many = all > 1 ? ` (${passed} of ${all})` : '';
    console.log(`| ${row} | ${test.replaceAll('|', '\\|')} | ${result}${many} |`);
  }
}
const failed = [...results.values()].reduce((sum, one) => sum + one.failed, 0);
const passed = [...results.values()].reduce((sum, one) => sum + one.passed, 0);
const leftOut = [...results.values()].reduce((sum, one) => sum + one.leftOut, 0);
console.log(`\n${passed} passed, ${failed} failed, ${leftOut} left out here`);
if (bare.length > 0) console.log(`no test passed for: ${bare.join(', ')}`);
process.exitCode = failed > 0 || bare.length > 0 ? 1 : 0;
