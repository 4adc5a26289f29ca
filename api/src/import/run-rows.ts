// The rows of a run that was made elsewhere, as workers leave those of their own.
import type { EvaluationRecord, MetricRecord, RunRecord } from '@bancada/core';
import type { PoolClient } from 'pg';

/** Counters of a run. */
export interface RunCounts {
  done: number;
  failed: number;
  total: number;
}

/** A run that is here already. */
export interface KeptRun {
  readonly fingerprint: string;
  readonly status: string;
  /** ISO 8601 in UTC. */
  readonly finishedAt: string | undefined;
  readonly imported: boolean;
  readonly samples: number;
}

/** The run of that id, locked until the end of the transaction; undefined when there is none. */
export async function keptRun(client: PoolClient, id: string): Promise<KeptRun | undefined> {
  // Two senders of one run: the second waits until the first is done.
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 7208003))', [id]);
  const { rows } = await client.query<{
    fingerprint: string | null;
    status: string;
    finishedAt: Date | null;
    importedAt: Date | null;
    done: number;
  }>('select fingerprint, status, "finishedAt", "importedAt", done from "Run" where id = $1 for update', [
    id,
  ]);
  const [row] = rows;
  return (
    row && {
      fingerprint: row.fingerprint ?? '',
      status: row.status,
      finishedAt: row.finishedAt?.toISOString(),
      imported: row.importedAt !== null,
      samples: row.done,
    }
  );
}

/** What goes into the run's row besides its record. */
export interface RunExtras {
  readonly warnings: readonly unknown[];
  readonly gates: readonly unknown[];
  readonly importedById: string | undefined;
}

/** Inserts the run; a registered suite of the same text becomes its suite. */
export async function insertRun(client: PoolClient, run: RunRecord, extras: RunExtras): Promise<void> {
  const suite = run.snapshot.suite as { readonly text?: unknown } | undefined;
  const config = typeof suite?.text === 'string' ? suite.text : '';
  await client.query(
    `insert into "Run" (id, name, status, config, fingerprint, snapshot, "createdAt", "startedAt", "finishedAt", warnings, gates,
       "createdById", "importedAt", "suiteId")
     values ($1, $2, $3::"RunStatus", $4, $5, $6, $7, $7, $8, $9, $10, $11, now(),
       (select "suiteId" from "SuiteVersion" where yaml = $4 order by "createdAt" desc limit 1))`,
    [
      run.id,
      run.name,
      run.status.toUpperCase(),
      config,
      run.fingerprint,
      JSON.stringify(run.snapshot),
      run.createdAt,
      run.finishedAt ?? null,
      JSON.stringify(extras.warnings),
      JSON.stringify(extras.gates),
      extras.importedById ?? null,
    ],
  );
}

/** Inserts an evaluation whose counters are still to come. */
export async function insertEvaluation(
  client: PoolClient,
  evaluation: EvaluationRecord,
  position: number,
  activeMs: number,
): Promise<void> {
  await client.query(
    `insert into "Evaluation" (id, "runId", position, task, model, variant, "outputType", "numFewshot", repeats, status, error,
       fingerprint, planned, "activeMs", record)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::"EvaluationStatus", $11, $12, $13, $14, $15)`,
    [
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
      activeMs,
      JSON.stringify(evaluation),
    ],
  );
}

/** Inserts the metrics of an evaluation. */
export async function insertMetrics(
  client: PoolClient,
  evaluationId: string,
  metrics: readonly MetricRecord[],
): Promise<void> {
  await client.query(
    `insert into "MetricValue" ("evaluationId", metric, filter, kind, value, n, stderr, "ciLow", "ciHigh", method, "higherIsBetter")
     select $1::uuid, metric, filter, kind, value, n, stderr, "ciLow", "ciHigh", method, "higherIsBetter"
     from jsonb_to_recordset($2::jsonb) as given (metric text, filter text, kind text, value float8, n int, stderr float8,
       "ciLow" float8, "ciHigh" float8, method text, "higherIsBetter" bool)`,
    [evaluationId, JSON.stringify(metrics)],
  );
}

/** An event and when it happened, ISO 8601 in UTC. */
export interface TimedEvent {
  readonly at: string;
  readonly event: { readonly type: string };
}

/** Inserts the stream, its log lines, and the run's counters; sequences are counted anew, without a gap. */
export async function insertEvents(
  client: PoolClient,
  runId: string,
  batches: AsyncIterable<readonly TimedEvent[]>,
  { done, failed, total }: RunCounts,
): Promise<void> {
  let sequence = 0;
  for await (const batch of batches) {
    const payloads = JSON.stringify(batch);
    await client.query(
      `insert into "RunEvent" ("runId", sequence, type, payload, "createdAt")
       select $1::uuid, $3::int + n, e->'event'->>'type', e->'event', (e->>'at')::timestamptz
       from jsonb_array_elements($2::jsonb) with ordinality as given (e, n)`,
      [runId, payloads, sequence],
    );
    await client.query(
      `insert into "LogLine" ("runId", level, message, "createdAt")
       select $1::uuid, e->'event'->>'level', e->'event'->>'message', (e->>'at')::timestamptz
       from jsonb_array_elements($2::jsonb) with ordinality as given (e, n)
       where e->'event'->>'type' = 'log.written' and e->'event'->>'message' is not null and e->'event'->>'level' is not null order by n`,
      [runId, payloads],
    );
    sequence += batch.length;
  }
  await client.query('update "Run" set done = $2, failed = $3, total = $4, sequence = $5 where id = $1', [
    runId,
    done,
    failed,
    total,
    sequence,
  ]);
}
