// What watching the hardware costs: processor time of one sample a second, written into Postgres with its notice.

import { randomUUIDv7 } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool, migrate, startEmbeddedPostgres } from '@bancada/prisma';
import pino from 'pino';
import { HardwareSampler } from '../src/hardware/sampler.ts';
import { Lease } from '../src/lease.ts';

const seconds = 30;
const limit = 0.01;

const home = mkdtempSync(path.join(tmpdir(), 'bancada-hardware-'));
chmodSync(home, 0o755);
const server = await startEmbeddedPostgres({ home });
try {
  const pool = createPool(server.url);
  await migrate(pool);
  const lease = await Lease.take(pool, {
    id: randomUUIDv7(),
    node: 'bench',
    labels: [],
    version: '0',
    machine: {},
  });
  const { workerId } = lease;
  const log = pino({ enabled: false });
  const sampler = new HardwareSampler({ pool, workerId, node: 'bench', home, busy: () => true, log });
  sampler.start();
  await sleep(2_000);
  const cost = await cpuShare();
  sampler.stop();
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from "HardwareSample"');
  console.log(
    JSON.stringify({
      name: 'hardware sampler: share of one core at 1 Hz',
      value: Number((cost * 100).toFixed(3)),
      unit: '%',
      limit: `< ${limit * 100} %`,
      pass: cost < limit,
      note: `${rows[0]?.n} samples in ${seconds + 2} s, ${process.platform}; all processor time of the sampling process, its lease's heartbeat included`,
    }),
  );
  await lease.release();
  await pool.end();
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}

/** Processor time that this process used, per second of wall time. */
async function cpuShare(): Promise<number> {
  const before = process.cpuUsage();
  const from = performance.now();
  await sleep(seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / (performance.now() - from);
}
