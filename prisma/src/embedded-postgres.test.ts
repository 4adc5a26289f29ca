// The bundled server keeps its data over stops, crashes and restarts, and says what is in its way.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

// Making the data is what takes long: most tests go on with those of the test before.
const kept = newHome();
let home = kept;
let started: EmbeddedPostgres[] = [];
beforeEach(() => {
  home = kept;
});
afterEach(async () => {
  for (const server of started) await server.stop();
  started = [];
  if (home !== kept) rmSync(home, { recursive: true, force: true });
});
afterAll(() => rmSync(kept, { recursive: true, force: true }));

function newHome(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bancada embedded-'));
  chmodSync(folder, 0o755);
  return folder;
}

const settings = { fsync: 'off' };

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ home, settings });
  started.push(server);
  return server;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(sql);
  await client.end();
  return rows;
}

const data = () => path.join(home, 'postgres', 'data');
const serverPid = () => Number(readFileSync(path.join(data(), 'postmaster.pid'), 'utf8').split('\n')[0]);

/** A process of its own that starts the server and then waits. */
async function startElsewhere(): Promise<{ kill(): Promise<void> }> {
  const program = path.join(import.meta.dirname, 'embedded-postgres.ts');
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(program)});
    await startEmbeddedPostgres(${JSON.stringify({ home, settings })}); console.log('up'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

it('keeps data and address over a stop and a start, and listens on the loopback alone', async () => {
  const first = await start();
  await ask(first.url, 'create table t as select 7 as n');
  await first.stop();
  expect(existsSync(path.join(data(), 'postmaster.pid'))).toBe(false);
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select n from t')).toEqual([{ n: 7 }]);
  expect(await ask(second.url, `show listen_addresses`)).toEqual([{ listen_addresses: '127.0.0.1' }]);
  const wrong = second.url.replace(/:[0-9a-f]+@/, ':wrong@');
  await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed');
});

it('joins the server that a killed process left behind, and can stop it', async () => {
  const other = await startElsewhere();
  const pid = serverPid();
  await other.kill();
  const server = await start();
  expect(serverPid()).toBe(pid);
  await server.stop();
  expect(existsSync(path.join(data(), 'postmaster.pid'))).toBe(false);
});

it('leaves the server to another living process', async () => {
  const other = await startElsewhere();
  const server = await start();
  await server.stop();
  expect(await ask(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  await other.kill();
  await (await start()).stop();
  expect(existsSync(path.join(data(), 'postmaster.pid'))).toBe(false);
});

it('recovers when the server itself was killed, with what was committed', async () => {
  const { url } = await start();
  await ask(url, 'create table crashed as select 7 as n');
  process.kill(serverPid(), 'SIGKILL');
  const again = await start();
  expect(await ask(again.url, 'select n from crashed')).toEqual([{ n: 7 }]);
});

it('ignores a lock file whose process is another program by now', async () => {
  const { url } = await start();
  await started[0]?.stop();
  const lines = [process.pid, data(), 0, new URL(url).port, '', '127.0.0.1'];
  writeFileSync(path.join(data(), 'postmaster.pid'), `${lines.join('\n')}\n`);
  expect((await start()).url).toBe(url);
});

it('takes another port when its own is taken', async () => {
  const first = await start();
  await first.stop();
  const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
  await once(squatter, 'listening');
  const second = await start();
  squatter.close();
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
  expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

it('makes the data anew when making them was interrupted', async () => {
  home = newHome();
  mkdirSync(path.join(home, 'postgres', 'data.99999', 'base'), { recursive: true });
  const { url } = await start();
  expect(existsSync(path.join(home, 'postgres', 'data.99999'))).toBe(false);
  expect(await ask(url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

it('starts once when two processes start it at the same time', async () => {
  home = newHome();
  const [other, server] = await Promise.all([startElsewhere(), start()]);
  expect(await ask(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  await other.kill();
});

it.runIf(process.getuid?.() === 0)(
  'keeps its data elsewhere when its user may not enter the home, and finds them again',
  async () => {
    home = newHome();
    chmodSync(home, 0o700);
    const first = await start();
    await ask(first.url, 'create table kept as select 7 as n');
    await first.stop();
    expect(existsSync(path.join(home, 'postgres', 'data'))).toBe(false);
    const second = await start();
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.stop();
    rmSync(second.folder, { recursive: true, force: true });
  },
);
