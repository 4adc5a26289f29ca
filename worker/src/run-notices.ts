// What is told of a run that ended: to whoever asked for it, or for the schedule that made it.
import type { GateResult, Measured, MetricRecord } from '@bancada/core';
import { raiseNotification } from '@bancada/prisma';
import type { PoolClient } from 'pg';

/** How a run ended. */
export interface RunEnd {
  /** Why it failed; undefined when it did not. */
  readonly failure: string | undefined;
  readonly gates: readonly GateResult[];
  readonly measured: readonly Measured[];
}

const mostLines = 3;

/** Raises `RUN_ENDED` or `RUN_FAILED`, and `GATE_MISSED` when a gate was. The last statements of the run's transaction. */
export async function tellRunEnd(client: PoolClient, runId: string, end: RunEnd): Promise<void> {
  const { rows } = await client.query<{ name: string; userId: string | null }>(
    `select run.name, coalesce(run."createdById", schedule."createdById") as "userId"
     from "Run" run left join "Schedule" schedule on schedule.id = run."scheduleId" where run.id = $1`,
    [runId],
  );
  const [run] = rows;
  if (run === undefined) return;
  const about = { userId: run.userId ?? undefined, subject: run.name, runId };
  if (end.failure === undefined) {
    await raiseNotification(client, {
      ...about,
      kind: 'RUN_ENDED',
      detail: lines(end.measured.flatMap(scores)),
    });
  } else await raiseNotification(client, { ...about, kind: 'RUN_FAILED', detail: end.failure });
  const missed = end.gates.filter(({ passed }) => !passed).map(({ message }) => message);
  if (missed.length > 0) {
    await raiseNotification(client, { ...about, kind: 'GATE_MISSED', detail: lines(missed) });
  }
}

function scores({ evaluation, metrics }: Measured): string[] {
  const place = `${evaluation.task} · ${evaluation.model}`;
  return metrics.filter(({ kind }) => kind === 'score').map((metric) => `${place}: ${score(metric)}`);
}

function score({ metric, value, ciLow, ciHigh }: MetricRecord): string {
  const known = typeof ciLow === 'number' && typeof ciHigh === 'number';
  return `${metric} ${short(value)}${known ? ` [${short(ciLow)}, ${short(ciHigh)}]` : ''}`;
}

function lines(all: readonly string[]): string {
  const more = all.length - mostLines;
  return [...all.slice(0, mostLines), ...(more > 0 ? [`… +${more}`] : [])].join('\n');
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
