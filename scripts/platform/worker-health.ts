// A worker container is well when a worker of this node beat within the last 30 s.
import { hostname } from 'node:os';
import { createPool } from '../../prisma/src/index.ts';

const pool = createPool(process.env.DATABASE_URL ?? '');
const { rows } = await pool.query<{ alive: boolean }>(
  `select count(*) > 0 as alive from "Worker" where node = $1 and "stoppedAt" is null and "heartbeatAt" > now() - interval '30 seconds'`,
  [hostname()],
);
await pool.end();
process.exitCode = rows[0]?.alive ? 0 : 1;
