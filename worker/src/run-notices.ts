// What is told of a run that ended: to whoever asked for it, or for the schedule that made it.
import type { GateResult, Measured } from '@bancada/core';
import { raiseNotification, type ToldGate, type ToldScore } from '@bancada/prisma';
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
    const scores = end.measured.flatMap(scoresOf);
    const parameters = { scores: scores.slice(0, mostLines), more: Math.max(0, scores.length - mostLines) };
    const detail = lines(scores.map(scoreLine));
    await raiseNotification(client, { ...about, kind: 'RUN_ENDED', parameters, detail });
  } else {
    const parameters = { reason: end.failure };
    await raiseNotification(client, { ...about, kind: 'RUN_FAILED', parameters, detail: end.failure });
  }
  const missed = end.gates.filter(({ passed }) => !passed);
  if (missed.length > 0) {
    const gates = missed.slice(0, mostLines).map(gateOf);
    const parameters = { gates, more: missed.length - gates.length };
    const detail = lines(missed.map(({ message }) => message));
    await raiseNotification(client, { ...about, kind: 'GATE_MISSED', parameters, detail });
  }
}

function scoresOf({ evaluation: { task, model }, metrics }: Measured): ToldScore[] {
  const scores = metrics.filter(({ kind }) => kind === 'score');
  return scores.map(({ metric, value, ciLow, ciHigh }) => ({
    task,
    model,
    metric,
    value,
    ciLow: ciLow ?? undefined,
    ciHigh: ciHigh ?? undefined,
  }));
}

function gateOf({ gate, value, message }: GateResult): ToldGate {
  const text = (key: string) => (typeof gate[key] === 'string' ? gate[key] : undefined);
  const number = (key: string) => (typeof gate[key] === 'number' ? gate[key] : undefined);
  const [min, max] = [number('min'), number('max')];
  return { metric: text('metric'), task: text('task'), model: text('model'), value, min, max, message };
}

function scoreLine({ task, model, metric, value, ciLow, ciHigh }: ToldScore): string {
  const known = ciLow !== undefined && ciHigh !== undefined;
  return `${task} · ${model}: ${metric} ${short(value)}${known ? ` [${short(ciLow)}, ${short(ciHigh)}]` : ''}`;
}

function lines(all: readonly string[]): string {
  const more = all.length - mostLines;
  return [...all.slice(0, mostLines), ...(more > 0 ? [`… +${more}`] : [])].join('\n');
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
