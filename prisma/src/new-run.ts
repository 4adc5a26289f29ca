// A new run: its row, its first event, its first job and a line of activity, for the transaction that it belongs to.
import { randomUUIDv7 } from 'node:crypto';
import { appendActivity } from './activity.ts';
import { appendEvents } from './events.ts';
import { enqueue } from './jobs.ts';
import type { Library } from './library.ts';
import { query, type Sql } from './sql.ts';

/** What a run is made of. */
export interface NewRun {
  readonly name: string;
  readonly suiteId: string | undefined;
  /** YAML of the suite. */
  readonly config: string;
  /** Saved tasks and prompts that it may use, and the versions of data sets that it reads. */
  readonly library: Library | undefined;
  /** At most so many items of each task. */
  readonly limit: number | undefined;
  /** Samples, as far as they are known. */
  readonly total: number;
  /** Lower runs first. */
  readonly priority: number;
  readonly idempotencyKey?: string | undefined;
  readonly createdById?: string | undefined;
  readonly scheduleId?: string | undefined;
}

/** Keeps the run and enqueues `plan-run`; gives its id. The last statements of a transaction. @throws what Postgres says, e.g. of a key used before. */
export async function insertRun(sql: Sql, run: NewRun): Promise<string> {
  const id = randomUUIDv7();
  await query(
    sql,
    `insert into "Run" (id, name, "suiteId", config, "limit", total, priority, "idempotencyKey", "createdById", "scheduleId", library)
     values ($1::uuid, $2::text, $3::uuid, $4::text, $5::int, $6::int, $7::int, $8::text, $9::uuid, $10::uuid, $11::text::jsonb)`,
    [
      id,
      run.name,
      run.suiteId ?? null,
      run.config,
      run.limit ?? null,
      run.total,
      run.priority,
      run.idempotencyKey ?? null,
      run.createdById ?? null,
      run.scheduleId ?? null,
      run.library === undefined ? null : JSON.stringify(run.library),
    ],
  );
  await enqueue(sql, 'plan-run', { runId: id }, { jobKey: planKey(id), priority: run.priority });
  const progress = { done: 0, total: run.total, failed: 0, rate: 0, etaSeconds: undefined };
  await appendEvents(sql, id, [{ type: 'run.status', status: 'QUEUED', progress }]);
  await appendActivity(sql, { kind: 'run.created', runId: id });
  return id;
}

/** The key under which `plan-run` waits once for each run. */
export function planKey(runId: string): string {
  return `plan/${runId}`;
}
