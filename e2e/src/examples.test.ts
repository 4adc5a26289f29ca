// The examples of docs/notebooks.md, each as a reader would start it, against a live server.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cancelFirstRun } from './api-client.ts';
import { type Python, pythonOfExamples } from './python-environment.ts';
import { type System, startSystem } from './system.ts';

const examples = path.resolve(import.meta.dirname, '../../docs/examples');
const lacking = {
  curl: lacks('curl', ['--version'], 'curl'),
  r: lacks('Rscript', ['-e', 'library(httr2); library(jsonlite)'], 'R with httr2 and jsonlite'),
};

let system: System;
let folder: string;
let python: Python;

beforeAll(async () => {
  python = await pythonOfExamples();
  folder = await mkdtemp(path.join(tmpdir(), 'bancada-examples-'));
  system = await startSystem();
  await cancelFirstRun(system.url);
}, 480_000);
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Why an example cannot be started here; undefined when it can. */
function lacks(command: string, parameters: readonly string[], what: string): string | undefined {
  return spawnSync(command, [...parameters]).status === 0 ? undefined : `${what} is not installed`;
}

async function example(command: string, ...parameters: string[]): Promise<string> {
  const env = { ...process.env, BANCADA_URL: system.url };
  const { stdout } = await promisify(execFile)(command, parameters, { cwd: folder, env, timeout: 110_000 });
  return stdout;
}

it('Python: runs, follows, reads Parquet and CSV, compares', async (test) => {
  if ('missing' in python) return test.skip(python.missing);
  const said = await example(python.program, path.join(examples, 'run_and_compare.py'));
  expect(said).toMatch(/run [0-9a-f-]{36} SUCCEEDED/);
  expect(said).toMatch(/tiny-arithmetic +bancada-tiny +exact_match/);
  expect(said).toMatch(/difference/);
});

it('curl: runs, follows, downloads', async (test) => {
  test.skip(lacking.curl !== undefined, lacking.curl);
  const said = await example('bash', path.join(examples, 'run.sh'), folder);
  expect(said).toMatch(/run \/api\/v1\/runs\//);
  expect(said).toContain('"SUCCEEDED"');
  expect((await readFile(path.join(folder, 'samples.csv'), 'utf8')).split('\r\n')).toHaveLength(12);
  expect((await readFile(path.join(folder, 'samples.parquet'))).subarray(0, 4).toString()).toBe('PAR1');
  expect((await readFile(path.join(folder, 'results.sqlite'))).subarray(0, 15).toString()).toBe(
    'SQLite format 3',
  );
});

it('TypeScript: runs, follows, reads JSON Lines', async () => {
  const said = await example(process.execPath, path.join(examples, 'run.ts'));
  expect(said).toMatch(/run [0-9a-f-]{36} SUCCEEDED/);
  expect(said).toContain('10 samples');
});

it('R: runs, waits, reads CSV', async (test) => {
  test.skip(lacking.r !== undefined, lacking.r);
  expect(await example('Rscript', path.join(examples, 'run.R'))).toMatch(/SUCCEEDED 10 of 10/);
});
