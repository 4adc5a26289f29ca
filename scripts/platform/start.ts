// The whole system in one command: database, API with the dashboard, one worker; a first run on an empty database.
// Stays as long as the system runs, so it imports little: what needs the code base is done by first-steps.ts.
import { constants } from 'node:os';
import path from 'node:path';
import { BancadaError } from '../../core/src/errors.ts';
import { openDatabase } from './database.ts';
import { FirstSteps, StepFailed, type Surroundings } from './first-steps.ts';
import { keepRunning, type Service } from './supervisor.ts';

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

const steps = new FirstSteps();
try {
  await runSystem(await steps.surroundings());
} catch (thrown) {
  if (thrown instanceof StepFailed) process.exitCode = thrown.exitCode;
  else if (thrown instanceof BancadaError) {
    console.error(thrown.message);
    process.exitCode = 1;
  } else throw thrown;
} finally {
  await steps.stop();
}
process.exit();

/** Starts everything in order, shows the first run, waits for the end, and stops everything in order. */
async function runSystem(surroundings: Surroundings): Promise<void> {
  const { home, host, port } = surroundings;
  const database = await openDatabase(process.env.DATABASE_URL, home, log);
  const services: Service[] = [];
  try {
    await steps.prepareDatabase(database.url);
    services.push(...startServices(surroundings, database.url));
    const failed = Promise.race(services.map((service) => service.hopeless)).then((code) => {
      process.exitCode = code;
      stop.abort();
    });
    const address = localAddress(host, port);
    await Promise.race([steps.untilReady(address), untilStopped(), failed]);
    if (!stop.signal.aborted) {
      log(
        `\nBancada is at ${address.replace('127.0.0.1', 'localhost')}\nCtrl-C stops it; the next \`npm start\` goes on where it was.\n`,
      );
      await Promise.race([steps.showFirstRun(database.url, address), untilStopped()]);
      await steps.stop();
    }
    await untilStopped();
  } finally {
    await steps.stop();
    await Promise.all(services.map((service) => service.stop()));
    await database.stop();
  }
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

function untilStopped(): Promise<void> {
  if (stop.signal.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Where this machine reaches the API, also when it listens on every address. */
function localAddress(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
