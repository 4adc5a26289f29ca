// A DATABASE_URL that leads nowhere ends every program in one sentence: the address without its password, what the server said.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../prisma/src/index.ts';
import { nodeFlags } from '../child.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const home = mkdtempSync(path.join(tmpdir(), 'bancada-unreachable-'));
chmodSync(home, 0o755);

let server: EmbeddedPostgres;
beforeAll(async () => {
  server = await startEmbeddedPostgres({ home });
});
afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

/** The server's own address with something of it changed, and a password that must not be shown. */
function address(change: Partial<Pick<URL, 'hostname' | 'port' | 'pathname' | 'password'>>): string {
  return Object.assign(new URL(server.url), change).href;
}

const faults = [
  [
    'a wrong password',
    () => ({ password: 'hunter2' }),
    'password authentication failed',
    'a user and password',
  ],
  [
    'a database that is not there',
    () => ({ pathname: '/nowhere' }),
    'database "nowhere" does not exist',
    'createdb nowhere',
  ],
  [
    'an unknown host',
    () => ({ hostname: 'nowhere.invalid' }),
    'nowhere.invalid',
    'a host that this machine can look up',
  ],
  ['a port where nothing listens', () => ({ port: '9' }), 'ECONNREFUSED', 'a Postgres server that runs'],
] as const;

const programs = [
  ['npm start', 'scripts/platform/start.ts'],
  ['the container of the API', 'scripts/platform/serve.ts'],
  ['the API', 'api/src/main.ts'],
  ['the worker', 'worker/src/main.ts'],
] as const;

it.concurrent.each(
  programs.flatMap(([name, file]) => faults.map((fault) => [name, ...fault, file] as const)),
)('%s names DATABASE_URL for %s', async (_name, _fault, change, said, right, file) => {
  const url = address(change());
  const { code, written } = await run(file, url);
  const sentence = written.trim();
  expect(code).toBeGreaterThan(0);
  expect(sentence.split('\n')).toHaveLength(1);
  expect(sentence).toMatch(/^DATABASE_URL: the database cannot be reached: /);
  expect(sentence).toContain(said);
  expect(sentence).toContain(right);
  expect(sentence).toContain(new URL(url).host);
  expect(sentence).not.toContain(new URL(url).password);
});

async function run(file: string, url: string): Promise<{ readonly code: number; readonly written: string }> {
  const child = spawn(process.execPath, [...nodeFlags, path.join(root, file)], {
    env: { PATH: process.env.PATH, DATABASE_URL: url, BANCADA_HOME: home, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, written: out + errors };
}
