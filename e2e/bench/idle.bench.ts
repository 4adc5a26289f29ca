// What the system holds in memory when it has nothing to do: after a finished run, its weights given back.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool, startEmbeddedPostgres } from '../../prisma/src/index.ts';
import { makeHome, startSystem } from '../src/system.ts';
import { canMeasure, memoryOfTree, type ProcessMemory, parentOf } from './memory.ts';

const limitBytes = 500e6;
// Warm models are closed after a minute.
const idleMs = 75_000;

if (canMeasure) await measure();
else
  print({
    name: 'idle: memory',
    value: 0,
    unit: 'MB',
    note: 'not measured: this system has no smaps_rollup',
  });

async function measure(): Promise<void> {
  const home = makeHome();
  const system = await startSystem(home, ['npm', 'start', '--silent']);
  try {
    await untilQuickstartEnded(system.url);
    const { url } = await startEmbeddedPostgres({ home });
    const postmaster = await postmasterOf(url);
    const right = parts(system.pid, postmaster);
    await sleep(idleMs);
    const idle = parts(system.pid, postmaster);
    const total = sum(idle.api) + sum(idle.worker) + sum(idle.postgres);
    print({
      name: 'idle: API, worker and Postgres together after a finished run',
      value: megabytes(total),
      unit: 'MB',
      limit: `< ${limitBytes / 1e6}`,
      pass: total < limitBytes,
      note: `Pss; API ${shown(idle.api)}, worker ${shown(idle.worker)} (${shown(right.worker)} right after the run, with its weights), Postgres ${shown(idle.postgres)} in ${idle.postgres.length} processes`,
    });
    print({
      name: 'idle: what supervises them (npm start)',
      value: megabytes(sum(idle.rest)),
      unit: 'MB',
      note: idle.rest.map((one) => `${one.command.slice(-40)}: ${shown([one])}`).join('; '),
    });
  } finally {
    await system.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

function parts(pid: number, postmaster: number) {
  const tree = memoryOfTree(pid);
  const service = (name: string) => {
    const main = tree.find(({ command }) => command.includes(`/${name}/src/main.ts`));
    return main === undefined ? [] : memoryOfTree(main.pid);
  };
  const [api, worker, postgres] = [service('api'), service('worker'), memoryOfTree(postmaster)];
  const known = new Set([...api, ...worker, ...postgres].map((one) => one.pid));
  return { api, worker, postgres, rest: tree.filter((one) => !known.has(one.pid)) };
}

async function postmasterOf(url: string): Promise<number> {
  const pool = createPool(url);
  try {
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    return parentOf(rows[0]?.pid ?? 0);
  } finally {
    await pool.end();
  }
}

async function untilQuickstartEnded(url: string): Promise<void> {
  for (;;) {
    const [first] = (await (await fetch(`${url}/api/v1/runs`)).json()) as { readonly status: string }[];
    if (first !== undefined && !['QUEUED', 'RUNNING'].includes(first.status)) return;
    await sleep(1_000);
  }
}

function sum(processes: readonly ProcessMemory[]): number {
  return processes.reduce((total, { bytes }) => total + bytes, 0);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function shown(processes: readonly ProcessMemory[]): string {
  return `${megabytes(sum(processes))} MB`;
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
