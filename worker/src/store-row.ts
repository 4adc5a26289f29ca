// Between the records of core and the rows of Postgres.
import type { EvaluationRecord, RunRecord, RunStatus } from '@bancada/core';

/** A row as pg gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** The columns of {@link evaluationValues}. */
export const evaluationColumns =
  'id, "runId", position, task, model, variant, "outputType", "numFewshot", repeats, status, error, fingerprint, planned, record';

/** The values of a new row of `Evaluation`. */
export function evaluationValues(evaluation: EvaluationRecord, position: number): unknown[] {
  return [
    evaluation.id,
    evaluation.runId,
    position,
    evaluation.task,
    evaluation.model,
    evaluation.variant,
    evaluation.outputType,
    evaluation.numFewshot,
    evaluation.repeats,
    evaluation.status.toUpperCase(),
    evaluation.error ?? null,
    evaluation.fingerprint,
    evaluation.planned ?? null,
    JSON.stringify(evaluation),
  ];
}

/** An evaluation: its record, with the status that the columns tell. */
export function toEvaluation(row: Row): EvaluationRecord {
  const record = row.record as EvaluationRecord;
  return {
    ...record,
    planned: row.planned === null ? undefined : Number(row.planned),
    status: String(row.status).toLowerCase() as EvaluationRecord['status'],
    error: row.error === null ? undefined : String(row.error),
  };
}

/** A run that has been planned. */
export function toRun(row: Row): RunRecord {
  return {
    id: String(row.id),
    name: String(row.name),
    fingerprint: String(row.fingerprint ?? ''),
    status: String(row.status).toLowerCase() as RunStatus,
    createdAt: isoTime(row.createdAt),
    finishedAt: row.finishedAt === null ? undefined : isoTime(row.finishedAt),
    snapshot: (row.snapshot ?? {}) as RunRecord['snapshot'],
  };
}

function isoTime(value: unknown): string {
  return (value instanceof Date ? value : new Date(String(value))).toISOString();
}
