// Job plan-run: from a run's suite to its evaluations, each a shard in the queue; or to those that are still to be done.
import { randomUUIDv7 } from 'node:crypto';
import { BancadaError, datasetVersionsOf, type EvaluationRecord, type Plan } from '@bancada/core';
import { enqueue, type JobPayloads, libraryOf, type StreamEvent, withDatasets } from '@bancada/prisma';
import type { Pool, PoolClient } from 'pg';
import type { WorkerContext } from '../context.ts';
import { planNodes } from '../node-choice.ts';
import { tellRunEnd } from '../run-notices.ts';
import { hasEnded, type RunRow, readRun } from '../run-row.ts';
import { setStatus, settle } from '../run-status.ts';
import { enqueueShard, placementOf } from '../shard-queue.ts';
import { openRun } from '../store.ts';
import { toEvaluation } from '../store-row.ts';
import { fenced } from '../transaction.ts';
import { finishKey } from './finish-run.ts';

/** See {@link JobPayloads}. A suite that cannot be planned fails its run. */
export async function planRunJob(
  { runId, retryFailed = false }: JobPayloads['plan-run'],
  context: WorkerContext,
): Promise<void> {
  const { pool, lease, plans, log } = context;
  const run = await readRun(pool, runId);
  if (run === undefined || isOver(run, retryFailed)) return;
  if (run.intent !== 'RUNNING') {
    await fenced(pool, lease, (client) => settle(client, runId));
    return;
  }
  let plan: Plan;
  try {
    plan = await plans.get(runId, await withLibrary(pool, runId, run));
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    log.error({ runId }, thrown.message);
    await fenced(pool, lease, (client) => refuse(client, runId, thrown.message, retryFailed));
    return;
  }
  await fenced(pool, lease, (client) => begin(client, context, runId, plan, retryFailed));
  const told = run.planned === undefined ? 'planned' : 'taken up again';
  log.info({ runId }, `the run is ${told}: ${plan.evaluations.length} evaluations`);
}

// Asked again once the row is locked: the run may end while its plan is made.
function isOver({ status }: RunRow, retryFailed: boolean): boolean {
  return hasEnded(status) && !retryFailed;
}

// Runs that a schedule or a script made come without: they take what is saved now, and keep it.
async function withLibrary(pool: Pool, runId: string, run: RunRow): Promise<RunRow> {
  if (run.planned !== undefined || run.library !== undefined) return run;
  const library = await libraryOf(pool, run.config);
  if (library === undefined) return run;
  await pool.query('update "Run" set library = $2 where id = $1', [runId, JSON.stringify(library)]);
  return { ...run, library };
}

async function refuse(
  client: PoolClient,
  runId: string,
  message: string,
  retryFailed: boolean,
): Promise<void> {
  const run = await readRun(client, runId, true);
  if (run === undefined || isOver(run, retryFailed)) return;
  const { progress } = run;
  await setStatus(
    client,
    runId,
    'FAILED',
    [{ type: 'run.status', status: 'FAILED', message, progress }],
    message,
  );
  await tellRunEnd(client, runId, { failure: message, gates: [], measured: [] });
}

async function begin(
  client: PoolClient,
  context: WorkerContext,
  runId: string,
  plan: Plan,
  retryFailed: boolean,
): Promise<void> {
  const run = await readRun(client, runId, true);
  if (run === undefined || run.intent !== 'RUNNING' || isOver(run, retryFailed)) return;
  if (run.planned === undefined) await create(client, runId, run, plan);
  if (retryFailed) {
    await client.query(
      `update "Evaluation" set status = 'PENDING', error = null where "runId" = $1 and (status = 'FAILED' or status = 'SUCCEEDED' and failed > 0)`,
      [runId],
    );
  }
  await context.teller.plan(client, runId);
  const waiting = await enqueueWaiting(client, context, runId, plan, retryFailed);
  if (waiting === 0) await enqueue(client, 'finish-run', { runId }, { jobKey: finishKey(runId) });
  const now = await readRun(client, runId);
  if (now === undefined) return;
  await setStatus(client, runId, 'RUNNING', [await startedEvent(client, runId, run, now)]);
}

/** Writes the plan, under ids of the run's own. */
async function create(client: PoolClient, runId: string, run: RunRow, plan: Plan): Promise<void> {
  // In this transaction: whoever plans the run again reads the versions that its evaluations were made of.
  const library = withDatasets(run.library, await datasetVersionsOf(plan));
  await client.query('update "Run" set library = $2 where id = $1', [
    runId,
    library === undefined ? null : JSON.stringify(library),
  ]);
  const evaluations = plan.evaluations.map(({ record }) => ({ ...record, id: randomUUIDv7(), runId }));
  await openRun(client, { ...plan.run, id: runId }, evaluations);
}

/** Enqueues every evaluation that has not ended and has no job. @returns how many have not ended. */
async function enqueueWaiting(
  client: PoolClient,
  context: WorkerContext,
  runId: string,
  plan: Plan,
  retryFailed: boolean,
): Promise<number> {
  const { rows } = await client.query(
    `select * from "Evaluation" where "runId" = $1 and status in ('PENDING', 'RUNNING') order by position`,
    [runId],
  );
  const queued = await queuedEvaluations(client, runId);
  const nodeOf = await planNodes(client, context.node, plan);
  for (const record of rows.map(toEvaluation)) {
    if (queued.has(record.id)) continue;
    const planned = plan.evaluations.find((one) => one.record.fingerprint === record.fingerprint);
    const placement =
      planned === undefined
        ? { queue: undefined, labels: [] }
        : placementOf(planned, nodeOf(planned.model.name));
    await enqueueShard(client, { runId, evaluationId: record.id, retryFailed }, placement);
  }
  return rows.length;
}

/** Evaluations that have a job on some machine that is there. */
async function queuedEvaluations(client: PoolClient, runId: string): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ evaluation: string }>(
    `select payload->>'evaluationId' as evaluation from graphile_worker._private_jobs jobs
     where payload->>'runId' = $1 and payload->>'evaluationId' is not null
       and (locked_at is not null or attempts < max_attempts)
       and not exists (select 1 from jsonb_object_keys(flags) flag where flag like 'needs:node.%'
         and not exists (select 1 from "Worker" where "stoppedAt" is null and 'needs:node.' || node = flag))`,
    [runId],
  );
  return new Set(rows.map(({ evaluation }) => evaluation));
}

async function startedEvent(
  client: PoolClient,
  runId: string,
  before: RunRow,
  now: RunRow,
): Promise<StreamEvent> {
  const { progress, planned } = now;
  if (before.planned !== undefined || planned === undefined) {
    return { type: 'run.status', status: 'RUNNING', progress };
  }
  const { rows } = await client.query('select * from "Evaluation" where "runId" = $1 order by position', [
    runId,
  ]);
  const evaluations: EvaluationRecord[] = rows.map(toEvaluation);
  return { type: 'run.started', run: { ...planned, status: 'running' }, evaluations, progress };
}
