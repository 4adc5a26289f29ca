// Job run-shard: one evaluation through core, from where it stands to its end, or to where it is stopped.
import { BancadaError, type EvaluationRecord, type Plan, type RunEvent, runEvaluation } from '@bancada/core';
import { enqueue, type JobPayloads } from '@bancada/prisma';
import type { PoolClient } from 'pg';
import type { ActiveShard } from '../active-shards.ts';
import type { WorkerContext } from '../context.ts';
import { hasEnded, readRun } from '../run-row.ts';
import { settle } from '../run-status.ts';
import { enqueueShard, forgiveTries, placementOf } from '../shard-queue.ts';
import { toEvaluation } from '../store-row.ts';
import { fenced } from '../transaction.ts';
import { finishKey } from './finish-run.ts';

type Payload = JobPayloads['run-shard'];

/** See {@link JobPayloads}. What cannot be executed fails its evaluation alone; a database that is gone fails the job, which is tried again. */
export function runShardJob(payload: Payload, context: WorkerContext, jobId: string): Promise<void> {
  return context.active.hold(payload.runId, (shard) => execute(payload, context, shard, jobId));
}

async function execute(
  payload: Payload,
  context: WorkerContext,
  shard: ActiveShard,
  jobId: string,
): Promise<void> {
  const { runId, evaluationId, retryFailed = false } = payload;
  const { pool, lease, plans, teller } = context;
  // A job that has done its work and was not deleted in time.
  if (runId === undefined) return;
  const run = await readRun(pool, runId);
  const { rows } = await pool.query('select * from "Evaluation" where id = $1', [evaluationId]);
  const record = rows[0] && toEvaluation(rows[0]);
  if (run === undefined || record === undefined || hasEnded(run.status)) return;
  if (record.status === 'succeeded' || record.status === 'failed') {
    await fenced(pool, lease, (client) => finishWhenDone(client, runId, jobId));
    return;
  }
  if (run.intent !== 'RUNNING') return leave(payload, context, shard, jobId, undefined);
  await forgiveTries(pool, jobId, evaluationId);
  let plan: Plan | undefined;
  try {
    plan = await plans.get(runId, run);
    await evaluate(plan, record, context, shard, retryFailed);
  } catch (thrown) {
    if (shard.stopped === undefined) await failOrThrow(thrown, record, context);
  }
  if (shard.stopped !== undefined) return leave(payload, context, shard, jobId, plan);
  await teller.flush(runId);
  const over = await fenced(pool, lease, (client) => finishWhenDone(client, runId, jobId));
  if (over) teller.forget(runId);
}

async function evaluate(
  plan: Plan,
  record: EvaluationRecord,
  { store, warm, log }: WorkerContext,
  shard: ActiveShard,
  retryFailed: boolean,
): Promise<void> {
  const { runId, task, model, variant } = record;
  const place = `${task} / ${model} / ${variant}`;
  log.info({ runId }, `${place}: begun`);
  const loan = warm.lend();
  let intact = false;
  try {
    const { signal } = shard;
    const outcome = await runEvaluation(plan, record, store, {
      signal,
      retryFailed,
      openers: loan.openers,
      onRetrieval: (retrievals) => store.observeRetrievals(record, retrievals),
    });
    intact = outcome.evaluation.status === 'succeeded';
    if (shard.stopped !== undefined) {
      log.info({ runId }, `${place}: stopped (${shard.stopped})`);
      return;
    }
    log.info({ runId }, `${place}: ${outcome.evaluation.status}`);
  } finally {
    await loan.end(intact);
  }
}

/** A suite or files that no longer fit the evaluation end it; anything else is the database's, and the job's. */
async function failOrThrow(thrown: unknown, record: EvaluationRecord, context: WorkerContext): Promise<void> {
  if (!(thrown instanceof BancadaError) || thrown.code === 'STORE_FAILED') throw thrown;
  const { message } = thrown;
  const evaluation: EvaluationRecord = { ...record, status: 'failed', error: message };
  const events: RunEvent[] = [
    { type: 'log.written', level: 'error', message },
    { type: 'evaluation.completed', evaluation, metrics: [] },
  ];
  await context.store.endEvaluation({ evaluation, metrics: [], warnings: [], events });
}

/** Gives an evaluation back that was stopped before its end: to nobody when the run is to stop, else to whoever takes it. */
async function leave(
  payload: Payload,
  { pool, lease, node, teller }: WorkerContext,
  shard: ActiveShard,
  jobId: string,
  plan: Plan | undefined,
): Promise<void> {
  if (shard.stopped === 'lost') throw new BancadaError('STORE_FAILED', 'this worker lost its lease');
  const { runId, evaluationId } = payload;
  teller.forget(runId);
  await fenced(pool, lease, async (client) => {
    await disown(client, jobId);
    const { rows } = await client.query(
      `update "Evaluation" set status = 'PENDING' where id = $1 and status in ('PENDING', 'RUNNING') returning *`,
      [evaluationId],
    );
    const goesOn = await settle(client, runId);
    const record = rows[0] && toEvaluation(rows[0]);
    const planned = plan?.evaluations.find((one) => one.record.fingerprint === record?.fingerprint);
    if (!goesOn || record === undefined) return;
    const placement = planned === undefined ? { queue: undefined, labels: [] } : placementOf(planned, node);
    await enqueueShard(client, payload, placement);
  });
}

// The job is deleted a moment after it returns; with its transaction it no longer stands for the evaluation.
async function disown(client: PoolClient, jobId: string): Promise<void> {
  await client.query(`update graphile_worker._private_jobs set payload = '{}', key = null where id = $1`, [
    jobId,
  ]);
}

/** @returns whether no evaluation of the run is left. */
async function finishWhenDone(client: PoolClient, runId: string, jobId: string): Promise<boolean> {
  await disown(client, jobId);
  await client.query('select 1 from "Run" where id = $1 for update', [runId]);
  const { rowCount } = await client.query(
    `select 1 from "Evaluation" where "runId" = $1 and status in ('PENDING', 'RUNNING') limit 1`,
    [runId],
  );
  if (rowCount !== 0) return false;
  await enqueue(client, 'finish-run', { runId }, { jobKey: finishKey(runId) });
  return true;
}
