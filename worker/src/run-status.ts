// The status of a run follows what somebody asked for: paused or cancelled once nothing of it is running any more.
import type { RunRecord } from '@bancada/core';
import { appendActivity, appendEvents, countRunEnd, type RunStatus, type StreamEvent } from '@bancada/prisma';
import type { PoolClient } from 'pg';
import { hasEnded, type RunRow, readRun } from './run-row.ts';

/** Sets a run's status with the events that tell of it. The last statements of a transaction. */
export async function setStatus(
  client: PoolClient,
  runId: string,
  status: RunStatus,
  events: readonly StreamEvent[],
  error?: string,
): Promise<void> {
  await client.query(
    `update "Run" set status = $2::"RunStatus", error = $3, rate = 0, "startedAt" = case when $2 = 'RUNNING' then coalesce("startedAt", now()) else "startedAt" end,
       "finishedAt" = case when $4 then clock_timestamp() end where id = $1`,
    [runId, status, error ?? null, hasEnded(status)],
  );
  if (hasEnded(status)) await countRunEnd(client, status);
  await appendEvents(client, runId, events);
  await appendActivity(client, { kind: 'run.status', runId });
}

/**
 * Makes a run paused or cancelled when that is what somebody wants and no evaluation is running.
 * @returns whether the run may go on.
 */
export async function settle(client: PoolClient, runId: string): Promise<boolean> {
  const run = await readRun(client, runId, true);
  if (run === undefined) return false;
  if (run.intent === 'RUNNING') return !hasEnded(run.status);
  if (hasEnded(run.status) || run.status === run.intent) return false;
  const { rowCount } = await client.query(
    `select 1 from "Evaluation" where "runId" = $1 and status = 'RUNNING' limit 1`,
    [runId],
  );
  if ((rowCount ?? 0) > 0) return false;
  await setStatus(client, runId, run.intent, [stoppedEvent(run, runId)]);
  return false;
}

function stoppedEvent(run: RunRow, runId: string): StreamEvent {
  const { progress, planned, pauseReason: message, pauseParameters: pause } = run;
  if (run.intent === 'PAUSED') return { type: 'run.status', status: 'PAUSED', progress, message, pause };
  if (planned === undefined) return { type: 'run.status', status: 'CANCELLED', progress };
  const ended: RunRecord = {
    ...planned,
    id: runId,
    status: 'cancelled',
    finishedAt: new Date().toISOString(),
  };
  return { type: 'run.cancelled', run: ended, progress };
}
