// The whole system in one command: database, API with the dashboard, one worker; a first run on an empty database.
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError, BancadaErrors } from '../../core/src/index.ts';
import { createPool, createPrismaClient, migrate, type PrismaClient, seed } from '../../prisma/src/index.ts';
import { openDatabase } from './database.ts';
import { followRun } from './first-run.ts';
import { saveResults } from './results-file.ts';
import { keepRunning, type Service } from './supervisor.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const log = (line: string) => console.log(line);
const stop = new AbortController();
// For `npm run dev`.
const watch = process.argv.includes('--watch');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stop.signal.aborted) log('\nstopping');
    process.exitCode ??= 128 + constants.signals[signal];
    stop.abort();
  });
}

try {
  await runSystem(await readSurroundings(process.env, root));
} catch (thrown) {
  if (!(thrown instanceof BancadaError || thrown instanceof BancadaErrors)) throw thrown;
  console.error(thrown.message);
  process.exitCode = 1;
}
process.exit();

/** Starts everything in order, shows the first run, waits for the end, and stops everything in order. */
async function runSystem(surroundings: Surroundings): Promise<void> {
  const { home, homes, host, port } = surroundings;
  const database = await openDatabase(process.env.DATABASE_URL, home, log);
  const pool = createPool(database.url);
  const prisma = createPrismaClient(database.url);
  const services: Service[] = [];
  try {
    await migrate(pool);
    await seed(prisma, homes);
    services.push(...startServices(surroundings, database.url));
    const failed = Promise.race(services.map((service) => service.hopeless)).then((code) => {
      process.exitCode = code;
      stop.abort();
    });
    await Promise.race([untilReady(localAddress(host, port)), failed]);
    if (!stop.signal.aborted) {
      const address = localAddress(host, port).replace('127.0.0.1', 'localhost');
      log(`\nBancada is at ${address}\nCtrl-C stops it; the next \`npm start\` goes on where it was.\n`);
      if (surroundings.authEnabled) await tellSetup(prisma, address, surroundings);
      else await showFirstRun(prisma, pool, localAddress(host, port));
    }
    await untilStopped();
  } finally {
    await Promise.all(services.map((service) => service.stop()));
    await prisma.$disconnect();
    await pool.end();
    await database.stop();
  }
}

async function showFirstRun(
  prisma: PrismaClient,
  pool: ReturnType<typeof createPool>,
  address: string,
): Promise<void> {
  const runId = await firstRun(prisma, address);
  if (runId === undefined) return;
  await followRun(prisma, pool, runId, stop.signal);
  if (!stop.signal.aborted) await tellResults(address, runId);
}

/** Runs are for people who signed in; while there is nobody, the terminal shows how the first one comes in. */
async function tellSetup(prisma: PrismaClient, address: string, { setupCode }: Surroundings): Promise<void> {
  if ((await prisma.user.count()) > 0) return;
  log(`There is no user yet. Open ${address}/setup and enter this setup code: ${setupCode()}\n`);
}

function startServices({ home, host, port }: Surroundings, databaseUrl: string): Service[] {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    BANCADA_HOME: home,
    PORT: String(port),
    HOST: host,
  };
  return ['worker', 'api'].map((name) =>
    keepRunning({
      name,
      file: path.join(root, name, 'src/main.ts'),
      env,
      watch,
      logDirectory: path.join(home, 'logs'),
      log,
    }),
  );
}

/** The run to show: an unfinished one, or `quickstart` queued on an empty database. */
async function firstRun(prisma: PrismaClient, address: string): Promise<string | undefined> {
  const unfinished = await prisma.run.findFirst({
    where: { status: { in: ['QUEUED', 'RUNNING'] } },
    orderBy: { createdAt: 'desc' },
  });
  if (unfinished) return unfinished.id;
  if ((await prisma.run.count()) > 0) return undefined;
  if (!existsSync(path.join(root, 'data', 'suites', 'quickstart.yaml'))) return undefined;
  const response = await fetch(`${address}/api/v1/runs`, {
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

async function tellResults(address: string, runId: string): Promise<void> {
  const file = 'results.sqlite';
  try {
    await saveResults(address, runId, path.join(root, file));
    log(`
The samples and scores are also in ${file}. What can follow:
  npm run bancada -- show ${file}                        the table again
  npm run bancada -- compare bancada-micro bancada-tiny     the difference, with its uncertainty
  npm run bancada -- export ${file} --format csv         also json, jsonl, markdown`);
  } catch (thrown) {
    log(`could not write ${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

async function untilReady(address: string): Promise<void> {
  while (!stop.signal.aborted) {
    const ready = await fetch(`${address}/readyz`).catch(() => undefined);
    if (ready?.ok) return;
    await sleep(100);
  }
}

function untilStopped(): Promise<void> {
  if (stop.signal.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Where this machine reaches the API, also when it listens on every address. */
function localAddress(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
