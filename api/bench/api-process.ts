// The API as a process of its own, so that its memory is its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A running API. */
export interface ApiProcess {
  readonly url: string;
  /** Resident memory now, bytes. */
  memory(): Promise<number>;
  /** Processor time so far, seconds: what a busy machine does not blur. */
  processorSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts it on a free port over a database that has its tables. @throws Error when it ends before it listens. */
export async function startApiProcess(databaseUrl: string): Promise<ApiProcess> {
  const child = spawn(process.execPath, [path.resolve(import.meta.dirname, '../src/main.ts')], {
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await listening(child);
  return {
    url,
    async memory() {
      if (process.platform === 'linux') {
        const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
        return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
      }
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
    },
    async processorSeconds() {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output');
  for await (const line of createInterface(child.stdout)) {
    const url: unknown = JSON.parse(line).url;
    if (typeof url === 'string') {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error('the API ended before it listened');
}
