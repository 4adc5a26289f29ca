// `npm test`: formatter and linter, types, then every test; the last line counts them all.
// Usage: npm test [-- <words of test file names>], which then runs only the tests of the matching files.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runNode } from './child.mjs';
import { root } from './toolchain.mjs';

const words = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'bancada-test-'));

/** A runner that says pass or fail by its exit code, and counts as one. */
async function check(name, file, args) {
  const code = await run(name, [join('node_modules', file), ...args]);
  if (code === 0) total.passed += 1;
  else total.failed += 1;
}

/** A run of Vitest; its tests are counted one by one. */
async function tests(name, cwd, args = []) {
  const counts = join(folder, 'counts.json');
  rmSync(counts, { force: true });
  const code = await run(
    name,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--passWithNoTests',
      '--reporter=default',
      `--reporter=${join(root, 'scripts', 'count-reporter.mjs')}`,
      ...args,
      ...words,
    ],
    { cwd: join(root, cwd), env: { ...process.env, BANCADA_TEST_COUNTS: counts } },
  );
  const found = readCounts(counts);
  total.passed += found.passed;
  total.failed += code !== 0 && found.failed === 0 ? 1 : found.failed;
  total.skipped += found.skipped;
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

async function run(name, args, options = {}) {
  console.log(`\n${name}`);
  const code = await runNode(args, { cwd: root, ...options });
  if (code === 130 || code === 143) process.exit(code);
  return code;
}

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await ensureBuilt();
if (words.length === 0) {
  await check('format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']);
  for (const part of ['scripts', 'core', 'prisma', 'worker', 'api', 'pwa', 'e2e'])
    await check(`types of ${part}`, 'typescript/bin/tsc', ['--project', part]);
}
await tests('tests of the repository', 'scripts');
await tests('unit tests of core', 'core', ['--project', 'unit']);
await tests('slow tests of core', 'core', ['--project', 'slow']);
await tests('tests of prisma', 'prisma');
await tests('unit tests of worker', 'worker', ['--project', 'unit']);
await tests('crash tests of worker', 'worker', ['--project', 'slow']);
await tests('tests of api', 'api');
await tests('tests of pwa', 'pwa');
await tests('the whole system in a browser', 'e2e');

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
