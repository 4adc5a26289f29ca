// The whole system as `npm start` runs it, with a home and a port of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running system. */
export interface System extends AsyncDisposable {
  readonly url: string;
  readonly home: string;
  /** Of the first process. */
  readonly pid: number;
  /** What the terminal shows, as it stands. */
  output(): string;
  /** Ends a service with SIGKILL, as a crash would. */
  kill(service: 'api' | 'worker'): void;
  /** Ctrl-C. @returns exit code and milliseconds. */
  stop(): Promise<{ readonly code: number | null; readonly ms: number }>;
}

/** The program behind `npm start`. */
export const startFile = path.resolve(import.meta.dirname, '../../scripts/platform/start.ts');
const startWithinMs = 90_000;

/**
 * Starts it, without npm unless the command says so, with more variables where a test wants them; resolves when it says its address.
 * @throws Error with its output when it ends before.
 */
export async function startSystem(
  home = makeHome(),
  [program, ...args]: readonly [string, ...string[]] = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    startFile,
  ],
  variables: Readonly<Record<string, string>> = {},
): Promise<System> {
  const port = await freePort();
  const child = spawn(program, args, {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      BANCADA_HOME: home,
      PORT: String(port),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      written += String(chunk);
    });
  const ended = once(child, 'exit');
  const stop = async () => {
    const from = performance.now();
    if (child.exitCode === null) child.kill('SIGINT');
    await ended;
    return { code: child.exitCode, ms: performance.now() - from };
  };
  const deadline = performance.now() + startWithinMs;
  while (!written.includes('Bancada is at')) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`the system did not start: ${written}`);
    }
    await sleep(50);
  }
  return {
    url: `http://localhost:${port}`,
    home,
    pid: Number(child.pid),
    output: () => written,
    kill: (service) => process.kill(serviceProcess(child.pid, service), 'SIGKILL'),
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** An empty home that the database's user may enter. */
export function makeHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'bancada-e2e-'));
  chmodSync(home, 0o755);
  return home;
}

/** Whether the processes of the system can be told apart here. */
export const canKill = existsSync('/proc/self/task');

function serviceProcess(parent: number | undefined, service: string): number {
  for (const pid of childrenOf(Number(parent))) {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (command.includes(`/${service}/src/main.ts`)) return pid;
  }
  throw new Error(`no process of the service ${service}`);
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
