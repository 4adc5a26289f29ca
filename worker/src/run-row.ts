// A run as the worker sees it between its jobs: what somebody wants of it, how far it is.
import type { Progress, RunRecord } from '@bancada/core';
import { type Library, type PauseReason, query, type RunStatus, type Sql } from '@bancada/prisma';
import { type Row, toRun } from './store-row.ts';

/** The columns that jobs decide by. */
export interface RunRow {
  readonly status: RunStatus;
  /** RUNNING, PAUSED or CANCELLED. */
  readonly intent: RunStatus;
  /** YAML of the suite. */
  readonly config: string;
  /** Name of the registered suite that the run was made from. */
  readonly suite: string | undefined;
  readonly limit: number | undefined;
  /** Saved tasks, prompts and versions of data sets as they stood when the run was made; undefined until somebody looked. */
  readonly library: Library | undefined;
  /** Undefined until planned. */
  readonly planned: RunRecord | undefined;
  readonly progress: Progress;
  /** Why a worker paused it; undefined when a person did, and while it is not paused. */
  readonly pauseReason: string | undefined;
  /** The same as values. */
  readonly pauseParameters: PauseReason | undefined;
}

/** Reads a run; `lock` keeps others from changing it until the commit. Undefined when it was deleted. */
export async function readRun(sql: Sql, runId: string, lock = false): Promise<RunRow | undefined> {
  const [row] = await query<Row>(
    sql,
    `select "Run".*, (select name from "Suite" where id = "suiteId") as suite from "Run"
     where id = $1::uuid ${lock ? 'for update of "Run"' : ''}`,
    [runId],
  );
  if (row === undefined) return undefined;
  return {
    status: row.status as RunStatus,
    intent: row.intent as RunStatus,
    config: String(row.config),
    suite: row.suite === null ? undefined : String(row.suite),
    limit: row.limit === null ? undefined : Number(row.limit),
    library: (row.library as Library | null) ?? undefined,
    planned: row.snapshot === null ? undefined : toRun(row),
    progress: progressOf(row),
    pauseReason: row.pauseReason === null ? undefined : String(row.pauseReason),
    pauseParameters: (row.pauseParameters as PauseReason | null) ?? undefined,
  };
}

/** Whether a run is over, for good or until somebody asks for its failed samples again. */
export function hasEnded(status: RunStatus): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';
}

function progressOf(row: Row): Progress {
  const [done, total, failed, rate] = [row.done, row.total, row.failed, row.rate].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return { done, total, failed, rate, etaSeconds: rate > 0 ? (total - done) / rate : undefined };
}
