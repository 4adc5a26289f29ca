// `npm test`: formatter and linter, types, then every test, two of them at a time; the last line counts them all.
// Usage: npm test [-- <words of test file names>], which then runs only the tests of the matching files.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runNode } from './child.mjs';
import { root } from './toolchain.mjs';

const words = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'bancada-test-'));
// Most steps wait for databases and processes more than they reckon; each has servers, folders and ports of its own.
const lanes = Math.min(2, availableParallelism());
let interrupted;

/** A runner that says pass or fail by its exit code, and counts as one. */
function check(name, file, args) {
  return async () => {
    const code = await run(name, [join('node_modules', file), ...args]);
    if (code === 0) total.passed += 1;
    else total.failed += 1;
  };
}

/** A run of Vitest; its tests are counted one by one. */
function tests(name, cwd, args = []) {
  return async () => {
    const counts = join(folder, `${name}.json`);
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
  };
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/** Runs one step; what it prints is shown whole when it ends, so that two steps do not mix their lines. */
async function run(name, args, options = {}) {
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'w');
  const from = performance.now();
  console.log(`begun: ${name}`);
  const code = await runNode(args, { cwd: root, stdio: ['ignore', output, output], ...options });
  closeSync(output);
  const seconds = Math.round((performance.now() - from) / 1000);
  console.log(`\n${name} (${seconds} s)\n${readFileSync(log, 'utf8').trim()}\n`);
  if (code === 130 || code === 143) interrupted ??= code;
  return code;
}

// The short ones that find most faults first; then the longest, so that the lanes end together.
const checks = [
  check('format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
  ...['scripts', 'core', 'prisma', 'worker', 'api', 'pwa', 'e2e'].map((part) =>
    check(`types of ${part}`, 'typescript/bin/tsc', ['--project', part]),
  ),
];
const steps = [
  ...(words.length === 0 ? checks : []),
  tests('tests of the repository', 'scripts'),
  tests('the whole system in a browser', 'e2e'),
  tests('crash tests of worker', 'worker', ['--project', 'slow']),
  tests('tests of api', 'api'),
  tests('slow tests of core', 'core', ['--project', 'slow']),
  tests('unit tests of core', 'core', ['--project', 'unit*']),
  tests('unit tests of worker', 'worker', ['--project', 'unit']),
  tests('tests of prisma', 'prisma'),
  tests('tests of pwa', 'pwa'),
];

async function lane() {
  while (interrupted === undefined) {
    const step = steps.shift();
    if (step === undefined) return;
    await step();
  }
}

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await ensureBuilt();
await Promise.all(Array.from({ length: lanes }, lane));
if (interrupted !== undefined) process.exit(interrupted);

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
const none = words.length > 0 && total.passed + total.failed + total.skipped === 0;
if (none) console.error(`no test file has one of these in its name: ${words.join(', ')}`);
process.exitCode = total.failed > 0 || none ? 1 : 0;
