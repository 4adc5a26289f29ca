// A Python with the packages of docs/examples, made once and kept beside the dependencies.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/toolchain.mjs';

/** Its program, or why there is none. */
export type Python = { readonly program: string } | { readonly missing: string };

const requirements = path.join(root, 'docs', 'examples', 'requirements.txt');
const withinMs = 300_000;

/** The one that PYTHON names, which has the packages; else `python3` in an environment with the pinned ones. */
export async function pythonOfExamples(): Promise<Python> {
  if (process.env.PYTHON) return { program: process.env.PYTHON };
  try {
    const version = await run('python3', ['--version']);
    const wanted = createHash('sha256')
      .update(version)
      .update(await readFile(requirements))
      .digest('hex');
    const folder = path.join(root, 'node_modules', '.python-examples');
    const stamp = path.join(folder, `made-${wanted.slice(0, 16)}`);
    const program = path.join(folder, 'bin', 'python');
    if (existsSync(stamp)) return { program };
    console.error('Fetching requests, pandas and pyarrow from PyPI, for the Python example.');
    await rm(folder, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', folder]);
    // What the example imports is compiled when it does; all of pandas would take longer than fetching it.
    const how = ['--quiet', '--no-compile', '--only-binary=:all:'];
    await run(program, ['-m', 'pip', 'install', ...how, '-r', requirements]);
    await writeFile(stamp, '');
    return { program };
  } catch (error) {
    const said = error instanceof Error ? error.message.trim().slice(-500) : String(error);
    return { missing: `python3 with requests, pandas and pyarrow cannot be had: ${said}` };
  }
}

async function run(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { timeout: withinMs });
  return stdout;
}
