// The API's process: reads its surroundings, connects, listens, and leaves cleanly when told to.
import path from 'node:path';
import { BancadaError } from '@bancada/core';
import { createPool, createPrismaClient, reachDatabase, secretLookup } from '@bancada/prisma';
import { pino } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { needsSetup, setupCode } from './auth/setup-code.ts';
import type { Services } from './context.ts';
import { type Env, readEnv } from './env.ts';
import { EventHub } from './event-hub.ts';
import { startServer } from './server.ts';
import { Telemetry } from './telemetry.ts';
import { cleanStaging } from './upload/staging.ts';

const dashboard = path.resolve(import.meta.dirname, '../../pwa/dist');
// A database that starts beside this process.
const databasePatienceMs = 10_000;

async function main(env: Env): Promise<void> {
  await reachDatabase(env.databaseUrl, databasePatienceMs);
  const log = pino({ level: env.logLevel, name: 'api' });
  const pool = createPool(env.databaseUrl, { name: 'bancada-api', max: 12 });
  const hub = new EventHub();
  await hub.start(pool);
  const prisma = createPrismaClient(pool);
  const { version } = manifest;
  const { homes, indexDirectory, secrets, network, huggingFace, runsPerUser, uploadLimit } = env;
  const secret = secretLookup(pool, secrets, env.secret);
  await cleanStaging(homes[0] ?? '.');
  const telemetry = new Telemetry(pool, version);
  const services: Services = {
    prisma,
    pool,
    homes,
    indexDirectory,
    secret,
    secrets,
    network,
    huggingFace,
    hub,
    telemetry,
    log,
    uploadLimit,
    authEnabled: env.authEnabled,
    runsPerUser,
    version,
  };
  const { host, port, metricsToken, trustedProxies, names } = env;
  const server = await startServer(services, { host, port, dashboard, metricsToken, trustedProxies, names });
  log.info({ url: server.url }, 'listening');
  if (env.authEnabled && (await needsSetup(prisma))) {
    log.warn({ setupCode: setupCode(secrets) }, 'there is no user yet: open /setup and enter this code');
  }
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    await server.close();
    await prisma.$disconnect();
    await pool.end();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(signal));
}

try {
  await main(readEnv());
} catch (thrown) {
  const message =
    thrown instanceof BancadaError ? thrown.message : thrown instanceof Error ? thrown.stack : String(thrown);
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
