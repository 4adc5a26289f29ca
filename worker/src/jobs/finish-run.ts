// Job finish-run: gates and the final status, once every evaluation has ended.
import {
  type EvaluationRecord,
  evaluateGates,
  type Gate,
  type MetricRecord,
  type RunRecord,
} from '@bancada/core';
import type { JobPayloads, StreamEvent } from '@bancada/prisma';
import type { PoolClient } from 'pg';
import type { WorkerContext } from '../context.ts';
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
  const status = await fenced(pool, lease, async (client) => {
    if (!(await settle(client, runId))) return undefined;
    const run = await readRun(client, runId, true);
    const { rows } = await client.query('select * from "Evaluation" where "runId" = $1 order by position', [
      runId,
    ]);
    const evaluations = rows.map(toEvaluation);
    const open = evaluations.some(({ status }) => status === 'pending' || status === 'running');
    if (run?.planned === undefined || hasEnded(run.status) || open) return undefined;
    return finish(client, { ...run.planned, id: runId }, run, evaluations);
  });
  if (status !== undefined) log.info({ runId }, `the run ended: ${status}`);
}

async function finish(
  client: PoolClient,
  planned: RunRecord,
  { progress }: RunRow,
  evaluations: readonly EvaluationRecord[],
): Promise<string> {
  const metrics = await readMetrics(client, planned.id);
  const measured = evaluations.map((evaluation) => ({
    evaluation,
    metrics: metrics.filter(({ evaluationId }) => evaluationId === evaluation.id),
  }));
  const gates = evaluateGates(gatesOf(planned), measured);
  await client.query('update "Run" set gates = $2 where id = $1', [planned.id, JSON.stringify(gates)]);
  const events: StreamEvent[] = gates.map((gate) => ({ type: 'gate.evaluated', gate }));
  const failed = evaluations.filter(({ status }) => status === 'failed').length;
  const finishedAt = new Date().toISOString();
  const run: RunRecord = { ...planned, status: failed === 0 ? 'succeeded' : 'failed', finishedAt };
  if (failed === 0) {
    await setStatus(client, planned.id, 'SUCCEEDED', [...events, { type: 'run.completed', run, progress }]);
    return 'succeeded';
  }
  const message = `${failed} of ${evaluations.length} evaluations could not run to their end`;
  const ended: StreamEvent = { type: 'run.failed', run, progress, message };
  await setStatus(client, planned.id, 'FAILED', [...events, ended], message);
  return message;
}

// As `planRun` wrote them into the snapshot.
function gatesOf({ snapshot }: RunRecord): readonly Gate[] {
  const suite = snapshot.suite as { readonly resolved?: { readonly gates?: readonly Gate[] } } | undefined;
  return suite?.resolved?.gates ?? [];
}

async function readMetrics(client: PoolClient, runId: string): Promise<MetricRecord[]> {
  const { rows } = await client.query<MetricRecord>(
    `select value.* from "MetricValue" value join "Evaluation" on "Evaluation".id = value."evaluationId"
     where "runId" = $1`,
    [runId],
  );
  return rows;
}
