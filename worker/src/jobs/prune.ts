// Job prune: once a day, and when somebody asks: deletes what the rules of retention no longer keep, and what nobody looks at any more.
import { pruneByRules, readRetention, retentionSubjects } from '@bancada/prisma';
import type { WorkerContext } from '../context.ts';

// Bookkeeping that grows by the clock and that no rule is made for.
const statements = {
  activity: `delete from "Activity" where "createdAt" < now() - interval '7 days'`,
  notifications: `delete from "Notification" where "createdAt" < now() - interval '90 days'`,
  'webhook deliveries': `delete from "WebhookDelivery" where "createdAt" < now() - interval '30 days'`,
  playgrounds: `delete from "Playground" where "createdAt" < now() - interval '1 hour'`,
  workers: `delete from "Worker" w where "stoppedAt" < now() - interval '30 days'
            and not exists (select 1 from "HardwareSample" h where h."workerId" = w.id)`,
};

// What is not done by then is left to the next day.
const longestMs = 15 * 60_000;

/** See {@link JobPayloads}. Never touches metrics or records of a run. */
export async function pruneJob(_payload: unknown, { pool, log }: WorkerContext): Promise<void> {
  const counts = await pruneByRules(pool, await readRetention(pool), AbortSignal.timeout(longestMs));
  for (const subject of retentionSubjects) {
    if (counts[subject] > 0) log.info({ deleted: counts[subject] }, `pruned ${subject}`);
  }
  for (const [what, statement] of Object.entries(statements)) {
    const { rowCount } = await pool.query(statement);
    if ((rowCount ?? 0) > 0) log.info({ deleted: rowCount }, `pruned ${what}`);
  }
}
