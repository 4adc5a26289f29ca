// The worker's process: works until SIGTERM or SIGINT, begins anew when it was declared dead or the database was away.
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError } from '@bancada/core';
import { createPool, reachDatabase, secretLookup } from '@bancada/prisma';
import { type Environment, readEnvironment } from './env.ts';
import { createLogger, RunLog } from './log.ts';
import { runSession } from './session.ts';

// Handlers, three listening queues, the lease, and a few for statements beside them.
const connectionsBeside = 10;
const mostConnections = 24;
const againMs = 1_000;
// A database that starts beside this process.
const databasePatienceMs = 10_000;

async function work(given: Environment): Promise<void> {
  await reachDatabase(given.databaseUrl, databasePatienceMs);
  const max = Math.min(mostConnections, given.concurrency + connectionsBeside);
  const pool = createPool(given.databaseUrl, { max, name: 'bancada-worker' });
  const env = { ...given, secret: secretLookup(pool, given.secrets, given.secret) };
  const runLog = new RunLog(pool);
  const log = createLogger(env.logLevel, runLog);
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    if (!stop.signal.aborted) log.info(`${signal}: handing back what is in flight`);
    stop.abort();
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  let broken = new AbortController();
  // A job that the queue could not mark while the database was away: its lock is freed with the session.
  process.on('unhandledRejection', (reason) => {
    log.error({ err: reason }, 'the queue lost hold of a job: the worker begins anew');
    broken.abort();
  });
  while (!stop.signal.aborted) {
    broken = new AbortController();
    try {
      await runSession({ env, pool, log, runLog }, stop.signal, broken.signal);
    } catch (thrown) {
      log.error({ err: thrown }, 'the worker could not start');
    }
    if (!stop.signal.aborted) {
      await sleep(againMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }
  await runLog.flush();
  await pool.end();
  log.info('the worker has ended');
}

try {
  await work(readEnvironment());
  process.exit(0);
} catch (thrown) {
  if (!(thrown instanceof BancadaError)) throw thrown;
  process.stderr.write(`${thrown.message}\n`);
  process.exit(2);
}
