// Job prune: once a day, deletes what nobody looks at any more.
import type { WorkerContext } from '../context.ts';

// Runs keep their samples, scores and events for good; these tables grow by the clock instead.
const statements = {
  'hardware samples': `delete from "HardwareSample" where at < now() - interval '30 days'`,
  'log lines': `delete from "LogLine" where "runId" is null and "createdAt" < now() - interval '30 days'`,
  activity: `delete from "Activity" where "createdAt" < now() - interval '7 days'`,
  playgrounds: `delete from "Playground" where "createdAt" < now() - interval '1 hour'`,
  workers: `delete from "Worker" where "stoppedAt" < now() - interval '30 days'`,
};

/** Deletes hardware samples, logs outside of runs and workers older than 30 days, activity older than 7. */
export async function pruneJob(_payload: unknown, { pool, log }: WorkerContext): Promise<void> {
  for (const [what, statement] of Object.entries(statements)) {
    const { rowCount } = await pool.query(statement);
    if ((rowCount ?? 0) > 0) log.info({ deleted: rowCount }, `pruned ${what}`);
  }
}
