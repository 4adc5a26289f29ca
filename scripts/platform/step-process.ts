// The process behind first-steps.ts: does what it is asked, answers, and ends when the channel closes.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError, BancadaErrors } from '../../core/src/index.ts';
import { createPool, createPrismaClient, migrate, reachDatabase, seed } from '../../prisma/src/index.ts';
import { showFirstRun } from './first-run.ts';
import type { Step, Surroundings } from './first-steps.ts';
import { readSurroundings } from './surroundings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const stop = new AbortController();
let current: Promise<void> = Promise.resolve();

process.on('message', (step: Step) => {
  current = answer(step);
});
process.on('disconnect', async () => {
  stop.abort();
  await current;
  process.exit();
});

async function answer(step: Step): Promise<void> {
  try {
    const result = await take(step);
    process.send?.(result ?? null);
  } catch (thrown) {
    const expected = thrown instanceof BancadaError || thrown instanceof BancadaErrors;
    console.error(expected ? thrown.message : thrown);
    process.exit(1);
  }
}

async function take(step: Step): Promise<Surroundings | undefined> {
  const { setupCode, homes, authEnabled, home, host, port } = await surroundings();
  if (step.step === 'read surroundings') return { home, host, port };
  if (step.step === 'wait for API') {
    await untilReady(step.address);
    return undefined;
  }
  if (step.step === 'prepare database') await reachDatabase(step.url);
  const pool = createPool(step.url);
  const prisma = createPrismaClient(step.url);
  try {
    if (step.step === 'prepare database') {
      await migrate(pool);
      await seed(prisma, homes);
    } else {
      const { address } = step;
      await showFirstRun({
        prisma,
        pool,
        address,
        root,
        signal: stop.signal,
        setupCode: authEnabled ? setupCode : undefined,
      });
    }
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
  return undefined;
}

async function untilReady(address: string): Promise<void> {
  while (!stop.signal.aborted) {
    const ready = await fetch(`${address}/readyz`).catch(() => undefined);
    if (ready?.ok) return;
    await sleep(100);
  }
}

let read: ReturnType<typeof readSurroundings> | undefined;

// Once: later the port is the system's own.
function surroundings(): ReturnType<typeof readSurroundings> {
  read ??= readSurroundings(process.env, root);
  return read;
}
