// Job finish-run: gates and the final status, once every evaluation has ended.
import {
  evaluateGates,
  type Gate,
  type GateResult,
  type Measured,
  type MetricRecord,
  type RunRecord,
} from '@bancada/core';
import type { JobPayloads, StreamEvent } from '@bancada/prisma';
import type { Pool, PoolClient } from 'pg';
import type { WorkerContext } from '../context.ts';
import { judgeBaselines } from '../gate-baselines.ts';
import { tellRunEnd } from '../run-notices.ts';
import { hasEnded, type RunRow, readRun } from '../run-row.ts';
import { setStatus, settle } from '../run-status.ts';
import { toEvaluation } from '../store-row.ts';
import { fenced } from '../transaction.ts';

/** The key under which a run is finished once. */
export function finishKey(runId: string): string {
  return `finish/${runId}`;
}

/** See {@link JobPayloads}. Sets the status once, however often it is called. */
export async function finishRunJob(
  { runId }: JobPayloads['finish-run'],
  { pool, lease, log }: WorkerContext,
): Promise<void> {
  // Samples are read for it: before the transaction, so that the run's row is not held meanwhile.
  const before = await measuredRun(pool, runId);
  const compared = before && (await judgeBaselines(pool, runId, before.gates, before.measured));
  const status = await fenced(pool, lease, async (client) => {
    if (!(await settle(client, runId)) || compared === undefined) return undefined;
    const ended = await measuredRun(client, runId);
    return ended === undefined ? undefined : finish(client, runId, ended, compared);
  });
  if (status !== undefined) log.info({ runId }, `the run ended: ${status}`);
}

interface MeasuredRun {
  readonly planned: RunRecord;
  readonly progress: RunRow['progress'];
  readonly gates: readonly Gate[];
  readonly measured: readonly Measured[];
}

/** A run whose evaluations have all ended; undefined when it is not so far, or over. */
async function measuredRun(sql: Pool | PoolClient, runId: string): Promise<MeasuredRun | undefined> {
  const run = await readRun(sql, runId);
  const { rows } = await sql.query('select * from "Evaluation" where "runId" = $1 order by position', [
    runId,
  ]);
  const evaluations = rows.map(toEvaluation);
  const open = evaluations.some(({ status }) => status === 'pending' || status === 'running');
  if (run?.planned === undefined || hasEnded(run.status) || open) return undefined;
  const metrics = await readMetrics(sql, runId);
  const measured = evaluations.map((evaluation) => ({
    evaluation,
    metrics: metrics.filter(({ evaluationId }) => evaluationId === evaluation.id),
  }));
  const planned = { ...run.planned, id: runId };
  return { planned, progress: run.progress, gates: gatesOf(planned), measured };
}

async function finish(
  client: PoolClient,
  runId: string,
  { planned, progress, gates: promised, measured }: MeasuredRun,
  compared: readonly GateResult[],
): Promise<string> {
  const gates = [...evaluateGates(promised, measured), ...compared];
  await client.query('update "Run" set gates = $2 where id = $1', [runId, JSON.stringify(gates)]);
  const events: StreamEvent[] = gates.map((gate) => ({ type: 'gate.evaluated', gate }));
  const failed = measured.filter(({ evaluation }) => evaluation.status === 'failed').length;
  const finishedAt = new Date().toISOString();
  const run: RunRecord = { ...planned, status: failed === 0 ? 'succeeded' : 'failed', finishedAt };
  if (failed === 0) {
    await setStatus(client, runId, 'SUCCEEDED', [...events, { type: 'run.completed', run, progress }]);
    await tellRunEnd(client, runId, { failure: undefined, gates, measured });
    return 'succeeded';
  }
  const message = `${failed} of ${measured.length} evaluations could not run to their end`;
  const ended: StreamEvent = { type: 'run.failed', run, progress, message };
  await setStatus(client, runId, 'FAILED', [...events, ended], message);
  await tellRunEnd(client, runId, { failure: message, gates, measured });
  return message;
}

// As `planRun` wrote them into the snapshot.
function gatesOf({ snapshot }: RunRecord): readonly Gate[] {
  const suite = snapshot.suite as { readonly resolved?: { readonly gates?: readonly Gate[] } } | undefined;
  return suite?.resolved?.gates ?? [];
}

async function readMetrics(sql: Pool | PoolClient, runId: string): Promise<MetricRecord[]> {
  const { rows } = await sql.query<MetricRecord>(
    `select value.* from "MetricValue" value join "Evaluation" on "Evaluation".id = value."evaluationId"
     where "runId" = $1`,
    [runId],
  );
  return rows;
}
