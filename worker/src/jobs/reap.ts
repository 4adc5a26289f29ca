// Job reap: frees what dead workers held, and puts back on its way whatever has lost its job.
import { appendActivity, appendEvents, enqueue, planKey, type Sql } from '@bancada/prisma';
import type { PoolClient } from 'pg';
import type { WorkerContext } from '../context.ts';
import { lockKeySql } from '../lease.ts';
import { settle } from '../run-status.ts';
import { toEvaluation } from '../store-row.ts';
import { fenced } from '../transaction.ts';

// A worker that was stopped (SIGSTOP) keeps its connection and its lock, but does not beat.
const silentSeconds = 20;
// One reaper at a time.
const reapLock = 7_208_003;

/** Once every few seconds in each worker, and at its start. */
export async function reapJob(_payload: unknown, { pool, lease, log }: WorkerContext): Promise<void> {
  const reaped = await fenced(pool, lease, async (client) => {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_xact_lock($1::bigint) as held',
      [reapLock],
    );
    return rows[0]?.held ? reap(client, lease.workerId) : undefined;
  });
  if (reaped === undefined) return;
  for (const worker of reaped.workers) log.warn({ worker }, 'a dead worker: its jobs go on elsewhere');
  for (const runId of reaped.stopped) await fenced(pool, lease, (client) => settle(client, runId));
}

interface Reaped {
  readonly workers: readonly string[];
  /** Runs that are to stop and have not. */
  readonly stopped: readonly string[];
}

async function reap(client: PoolClient, ownId: string): Promise<Reaped> {
  const workers = await findDead(client, ownId);
  if (workers.length > 0) await bury(client, workers);
  await failGivenUp(client);
  for (const runId of await findStranded(client)) {
    await enqueue(client, 'plan-run', { runId }, { jobKey: planKey(runId) });
  }
  const { rows } = await client.query<{ id: string }>(
    `select id from "Run" where intent <> 'RUNNING' and status <> intent and status in ('QUEUED', 'RUNNING', 'PAUSED')`,
  );
  for (const id of workers) await appendActivity(client, { kind: 'worker.stopped', workerId: id });
  return { workers, stopped: rows.map(({ id }) => id) };
}

/** Workers whose lock is gone with their connection, or whose heart has stopped. */
async function findDead(client: PoolClient, ownId: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string; silent: boolean }>(
    `select id, "heartbeatAt" < now() - $2 * interval '1 second' as silent from "Worker"
     where "stoppedAt" is null and id <> $1`,
    [ownId, silentSeconds],
  );
  const dead: string[] = [];
  for (const { id, silent } of rows) {
    if (silent || (await lockIsFree(client, id))) dead.push(id);
  }
  return dead;
}

async function lockIsFree(client: PoolClient, id: string): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(
    `select pg_try_advisory_xact_lock(${lockKeySql('$1::text')}) as free`,
    [id],
  );
  return rows[0]?.free === true;
}

async function bury(client: PoolClient, workers: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ poolId: string }>(
    'update "Worker" set "stoppedAt" = now() where id = any($1) and "stoppedAt" is null returning "poolId"',
    [workers],
  );
  await unlockPools(
    client,
    rows.flatMap(({ poolId }) => poolId.split(',')),
  );
}

/** Frees the jobs that pools of graphile-worker hold. */
export async function unlockPools(
  sql: Sql & { query: PoolClient['query'] },
  poolIds: readonly string[],
): Promise<void> {
  await sql.query('select graphile_worker.force_unlock_workers($1::text[])', [
    poolIds.filter((id) => id !== ''),
  ]);
}

/** Evaluations whose job was tried as often as it may be: they end as failed, so that their run can end. */
async function failGivenUp(client: PoolClient): Promise<void> {
  const { rows } = await client.query(
    `update "Evaluation" set status = 'FAILED', error = 'given up after ' || job.attempts || ' tries: ' || coalesce(job.last_error, 'the worker died each time')
     from graphile_worker._private_jobs job
     where job.payload->>'evaluationId' = "Evaluation".id::text and job.locked_at is null and job.attempts >= job.max_attempts
       and "Evaluation".status in ('PENDING', 'RUNNING')
     returning "Evaluation".*`,
  );
  const ended = rows.map(toEvaluation);
  for (const evaluation of ended) {
    const event = { type: 'evaluation.completed', evaluation, metrics: [] } as const;
    await appendEvents(client, evaluation.runId, [event]);
  }
  for (const runId of new Set(ended.map((evaluation) => evaluation.runId))) {
    await enqueue(client, 'finish-run', { runId });
  }
}

/** Runs that should go on but have an evaluation, or their planning, without a job on a machine that is there. */
async function findStranded(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select run.id from "Run" run
     where run.intent = 'RUNNING' and (run.status in ('RUNNING', 'PAUSED') or run.status = 'QUEUED' and run."createdAt" < now() - interval '1 minute')
       and not exists (select 1 from graphile_worker._private_jobs job
         where job.payload->>'runId' = run.id::text and job.payload->>'evaluationId' is null
           and (job.locked_at is not null or job.attempts < job.max_attempts))
       and (not exists (select 1 from "Evaluation" where "runId" = run.id and status in ('PENDING', 'RUNNING'))
         or exists (select 1 from "Evaluation" evaluation where evaluation."runId" = run.id and evaluation.status in ('PENDING', 'RUNNING')
           and not exists (select 1 from graphile_worker._private_jobs job
             where job.payload->>'evaluationId' = evaluation.id::text and (job.locked_at is not null or job.attempts < job.max_attempts)
               and not exists (select 1 from jsonb_object_keys(job.flags) flag where flag like 'needs:node.%'
                 and not exists (select 1 from "Worker" where "stoppedAt" is null and 'needs:node.' || node = flag)))))`,
  );
  return rows.map(({ id }) => id);
}
