// The whole system in one command: database, API with the dashboard, one worker; a first run on an empty database.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool, createPrismaClient, migrate, seed } from '../../prisma/src/index.ts';
import { openDatabase } from './database.ts';
import { followRun } from './first-run.ts';
import { keepRunning } from './supervisor.ts';

const root = path.resolve(import.meta.dirname, '../..');
const bundled = path.join(root, 'data');
const env = process.env;
const home = path.resolve(env.INIT_CWD ?? root, env.BANCADA_HOME || bundled);
const homes = home === bundled ? [home] : [home, bundled];
const port = env.PORT ?? '4000';
const host = env.HOST ?? '127.0.0.1';
const address = `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${port}`;
const log = (line: string) => console.log(line);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort());

const database = await openDatabase(env.DATABASE_URL, home, log);
const pool = createPool(database.url);
const prisma = createPrismaClient(database.url);
const services: { stop(): Promise<void> }[] = [];
try {
  await migrate(pool);
  await seed(prisma, homes);
  const shared = { ...env, DATABASE_URL: database.url, BANCADA_HOME: home, PORT: port, HOST: host };
  const logDirectory = path.join(home, 'logs');
  const api = keepRunning({ name: 'api', file: path.join(root, 'api/src/main.ts'), env: shared, logDirectory, log });
  const worker = keepRunning({
    name: 'worker',
    file: path.join(root, 'worker/src/main.ts'),
    env: shared,
    logDirectory,
    log,
  });
  services.push(worker, api);
  const failed = Promise.race([api.hopeless, worker.hopeless]).then((code) => {
    process.exitCode = code;
    stop.abort();
  });
  await Promise.race([untilReady(), failed]);
  if (!stop.signal.aborted) {
    log(`\nBancada is at ${address}\nCtrl-C stops it; the next \`npm start\` goes on where it was.\n`);
    const runId = await firstRun();
    if (runId !== undefined) await followRun(prisma, pool, runId, stop.signal);
  }
  await untilStopped();
} finally {
  for (const service of services) await service.stop();
  await prisma.$disconnect();
  await pool.end();
  await database.stop();
}

/** The run to show: an unfinished one, or `quickstart` queued on an empty database. */
async function firstRun(): Promise<string | undefined> {
  const unfinished = await prisma.run.findFirst({
    where: { status: { in: ['QUEUED', 'RUNNING'] } },
    orderBy: { createdAt: 'desc' },
  });
  if (unfinished) return unfinished.id;
  if ((await prisma.run.count()) > 0) return undefined;
  if (!existsSync(path.join(bundled, 'suites', 'quickstart.yaml'))) return undefined;
  const response = await fetch(`${localAddress()}/api/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ suite: 'quickstart' }),
  });
  if (!response.ok) {
    log(`could not queue the suite quickstart: ${await response.text()}`);
    return undefined;
  }
  const { id } = (await response.json()) as { id: string };
  log('queued the suite quickstart');
  return id;
}

async function untilReady(): Promise<void> {
  while (!stop.signal.aborted) {
    const ready = await fetch(`${localAddress()}/readyz`).catch(() => undefined);
    if (ready?.ok) return;
    await sleep(100);
  }
}

function untilStopped(): Promise<void> {
  if (stop.signal.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }));
}

function localAddress(): string {
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
}
