// `npm run bench [-- name]`: runs core/bench/*.bench.ts, prints one Markdown table, keeps data/bench/<date>.json.
import { spawn } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBuilt } from './build.mjs';
import { nodeFlags } from './child.mjs';
import { root } from './toolchain.mjs';

const filter = process.argv[2] ?? '';
const files = globSync('*/bench/*.bench.ts', { cwd: root, exclude: ['node_modules/**'] })
  .filter((file) => basename(file).includes(filter))
  .sort();

if (files.length === 0) {
  console.error(`No benchmark matches "${filter}".`);
  process.exitCode = 2;
} else {
  await ensureBuilt();
  const results = [];
  for (const file of files) results.push(...(await runBenchmark(file)));
  console.log(`\n${machine()}\n\n${table(results)}`);
  console.log(`\nwritten to ${keep(results)}`);
  process.exitCode = results.every((result) => result.pass) ? 0 : 1;
}

/**
 * Runs one program and gives its result lines; its other output is shown as it comes. A program that fails is a
 * result that did not pass.
 */
async function runBenchmark(file) {
  console.error(file);
  const child = spawn(process.execPath, [...nodeFlags, file], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  const stop = (signal) => {
    child.kill(signal);
    process.exitCode = 130;
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const closed = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  const found = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const result = parse(line);
    if (result === undefined) console.error(line);
    else found.push({ file, ...result });
  }
  const code = await closed;
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (process.exitCode === 130) process.exit();
  const failed = { file, name: basename(file, '.bench.ts'), pass: false, note: `ended with ${code}` };
  return code === 0 ? found : [...found, failed];
}

/** A result line is a JSON object with a name and a value; anything else is ordinary output. */
function parse(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const result = JSON.parse(line);
    return typeof result.name === 'string' && 'value' in result ? { pass: true, ...result } : undefined;
  } catch {
    return undefined;
  }
}

function machine() {
  const model = cpus()[0]?.model.trim() ?? process.arch;
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `Node ${process.versions.node}, ${model}, ${availableParallelism()} cores, ${memory} GiB, ${process.platform}`;
}

function table(results) {
  const head = ['benchmark', 'value', 'unit', 'peer', 'ratio', 'limit', 'pass', 'note'];
  const rows = results.map(({ name, value, unit, peer, ratio, limit, pass, note }) =>
    [name, value, unit, peer, ratio, limit, pass ? 'yes' : '**no**', note].map(cell),
  );
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cell(value) {
  if (value === undefined || value === null) return '';
  const text =
    typeof value === 'number' ? value.toLocaleString('en', { maximumSignificantDigits: 4 }) : String(value);
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function keep(results) {
  const folder = join('data', 'bench');
  const date = new Date().toISOString();
  const file = join(folder, `${date.slice(0, 19).replaceAll(':', '-')}.json`);
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, file), `${JSON.stringify({ date, machine: machine(), results }, null, 2)}\n`);
  return file;
}
