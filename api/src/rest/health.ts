// /healthz and /readyz: whether the process is up, and whether it can do its work.
import { z } from 'zod';
import type { Services } from '../context.ts';
import { type Exchange, type Route, sendJson } from './route.ts';

const readinessSchema = z.object({
  status: z.enum(['ready', 'not ready']),
  checks: z.record(z.string(), z.string()).describe('State of each part'),
});

/** For probes: no words but these. */
export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/healthz',
    scope: 'open',
    doc: {
      summary: 'Whether the process is up',
      tag: 'operation',
      answers: {
        200: { description: 'It is', content: { 'application/json': z.object({ status: z.string() }) } },
      },
      problems: [],
    },
    handle: async ({ response }) => sendJson(response, 200, { status: 'up' }),
  },
  {
    method: 'GET',
    path: '/readyz',
    scope: 'open',
    doc: {
      summary: 'Whether database, migrations and at least one worker are there',
      tag: 'operation',
      answers: {
        200: { description: 'They are', content: { 'application/json': readinessSchema } },
        503: { description: 'Something is missing', content: { 'application/json': readinessSchema } },
      },
      problems: [],
    },
    handle: sendReadiness,
  },
];

// A worker that missed three heartbeats does not count.
const aliveSql = `"stoppedAt" is null and "heartbeatAt" > now() - interval '15 seconds'`;

async function sendReadiness({ response, services }: Exchange): Promise<void> {
  const checks = await readiness(services);
  const ready = Object.values(checks).every((state) => state === 'ok');
  sendJson(
    response,
    ready ? 200 : 503,
    { status: ready ? 'ready' : 'not ready', checks },
    { 'cache-control': 'no-store' },
  );
}

async function readiness({ pool }: Services): Promise<Record<string, string>> {
  try {
    const { rows } = await pool.query<{ migrated: boolean; queue: boolean }>(
      `select to_regclass('"Run"') is not null as migrated, to_regclass('graphile_worker._private_jobs') is not null as queue`,
    );
    const [tables] = rows;
    if (!tables?.migrated || !tables.queue)
      return { database: 'ok', migrations: 'missing', worker: 'unknown' };
    const { rows: workers } = await pool.query(`select 1 from "Worker" where ${aliveSql} limit 1`);
    return { database: 'ok', migrations: 'ok', worker: workers.length > 0 ? 'ok' : 'none alive' };
  } catch {
    return { database: 'unreachable', migrations: 'unknown', worker: 'unknown' };
  }
}
