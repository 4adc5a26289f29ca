// The queue's jobs, oldest first.
import { query, type Sql } from '@bancada/prisma';
import type { Pool } from 'pg';

/** `queue` is undefined for jobs that run side by side with any other. */
export interface Job {
  readonly id: string;
  readonly task: string;
  readonly queue: string | undefined;
  readonly state: JobState;
  readonly priority: number;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly runId: string | undefined;
  readonly lastError: string | undefined;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly lockedAt: Date | undefined;
}

/** What a job does now; FAILED has no tries left. */
export type JobState = 'WAITING' | 'RUNNING' | 'FAILED';

const jobs = `
  select j.id::text, j.id as place, t.identifier as task, q.queue_name as queue, j.priority, j.attempts, j.max_attempts as "maxAttempts",
    j.payload->>'runId' as "runId", j.last_error as "lastError", j.run_at as "runAt", j.created_at as "createdAt", j.locked_at as "lockedAt",
    case when j.locked_at is not null then 'RUNNING' when j.attempts >= j.max_attempts then 'FAILED' else 'WAITING' end as state
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    left join graphile_worker._private_job_queues q on q.id = j.job_queue_id`;

/** Jobs after the given id, in the order in which they were made. */
export async function listJobs(
  pool: Pool,
  {
    state,
    afterId,
    limit,
  }: { readonly state?: JobState | undefined; readonly afterId?: string | undefined; readonly limit: number },
): Promise<Job[]> {
  const { rows } = await pool.query<Job>(
    `select * from (${jobs}) j where ($1::text is null or state = $1) and place > $2::bigint order by place limit $3`,
    [state ?? null, afterId ?? '0', limit],
  );
  return rows;
}

/** How many jobs are in this state, or in any. */
export async function countJobs(pool: Pool, state: JobState | undefined): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from (${jobs}) j where $1::text is null or state = $1`,
    [state ?? null],
  );
  return rows[0]?.n ?? 0;
}

/** One job; undefined when there is none (any more). */
export async function findJob(sql: Sql, id: string): Promise<Job | undefined> {
  const [job] = await query<Job>(sql, `select * from (${jobs}) j where place = $1::bigint`, [id]);
  return job === undefined ? undefined : { ...job, runId: job.runId ?? undefined };
}
