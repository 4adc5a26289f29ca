// Results into Postgres: what core's stores promise, with progress and events in the same transaction, fenced by the lease.
import {
  BancadaError,
  type EvaluationEnd,
  type EvaluationRecord,
  type EvaluationTotals,
  FinishedSamples,
  type GateResult,
  type Measurement,
  type MetricRecord,
  type ResultStore,
  type Retrieval,
  type RunEvent,
  type RunRecord,
  type RunStatus,
  type RunWarning,
  type SampleRecord,
  type ScoreColumns,
} from '@bancada/core';
import { appendEvents, insertSamples } from '@bancada/prisma';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import type { Lease } from './lease.ts';
import { replaceMetrics, writeMetrics } from './metric-write.ts';
import type { ProgressTeller } from './progress-teller.ts';
import { countSamples } from './sample-count.ts';
import { SampleTelemetry } from './sample-telemetry.ts';
import { readFailures, readMeasured, readScores, readTotals } from './store-measurements.ts';
import { evaluationColumns, evaluationValues, toEvaluation, toRun } from './store-row.ts';
import { fenced, storeError } from './transaction.ts';

/** What the store works with. */
export interface StoreContext {
  readonly pool: Pool;
  readonly lease: Lease;
  readonly teller: ProgressTeller;
  readonly log: Logger;
  /** Folders searched for names: a corpus of one of them has a name that metrics may carry. */
  readonly homes: readonly string[];
}

/** The store of one worker, for all runs; ids are UUIDs. */
export class PostgresStore implements ResultStore {
  readonly #pool: Pool;
  readonly #lease: Lease;
  readonly #teller: ProgressTeller;
  readonly #log: Logger;
  readonly #telemetry: SampleTelemetry;

  constructor({ pool, lease, teller, log, homes }: StoreContext) {
    this.#pool = pool;
    this.#lease = lease;
    this.#teller = teller;
    this.#log = log;
    this.#telemetry = new SampleTelemetry(homes);
  }

  open(run: RunRecord, evaluations: readonly EvaluationRecord[]): Promise<void> {
    return this.#write((client) => openRun(client, run, evaluations));
  }

  async latest(fingerprint: string): Promise<RunRecord | undefined> {
    const rows = await this.#read(
      'select * from "Run" where fingerprint = $1 order by "createdAt" desc, id desc limit 1',
      [fingerprint],
    );
    return rows[0] && toRun(rows[0]);
  }

  async evaluations(runId: string): Promise<EvaluationRecord[]> {
    const rows = await this.#read('select * from "Evaluation" where "runId" = $1 order by position', [runId]);
    return rows.map(toEvaluation);
  }

  async finished(evaluationId: string, repeats: number, retryFailed: boolean): Promise<FinishedSamples> {
    const finished = new FinishedSamples(repeats);
    const rows = await this.#read(
      `select item, repeat, failure is not null as failed from "Sample"
       where "evaluationId" = $1 and (not $2 or failure is null)`,
      [evaluationId, retryFailed],
    );
    for (const { item, repeat, failed } of rows) finished.add(Number(item), Number(repeat), failed === true);
    return finished;
  }

  async append(evaluationId: string, samples: readonly SampleRecord[], activeMs: number): Promise<number> {
    const { written, told } = await this.#write(async (client) => {
      const counted = await countSamples(client, evaluationId, samples);
      const found = await insertSamples(client, evaluationId, samples);
      await this.#telemetry.add(client, evaluationId, counted.fresh);
      return { written: found, told: await this.#teller.add(client, evaluationId, counted, activeMs) };
    });
    told();
    return written;
  }

  /** Notes how long retrievals took; written with the next samples of the evaluation. */
  observeRetrievals(record: EvaluationRecord, retrievals: readonly Retrieval[]): void {
    this.#telemetry.observe(record, retrievals);
  }

  async updateEvaluation(evaluation: EvaluationRecord): Promise<void> {
    await this.#write((client) => updateEvaluation(client, evaluation));
  }

  async endEvaluation({ evaluation, metrics, warnings, events }: EvaluationEnd): Promise<void> {
    const { id, runId } = evaluation;
    for (const event of events) this.#print(runId, event);
    await this.#write(async (client) => {
      await updateEvaluation(client, evaluation);
      await replaceMetrics(client, id, metrics);
      await client.query('update "MetricValue" set preliminary = false where "evaluationId" = $1', [id]);
      await this.#teller.plan(client, runId);
      await replaceWarnings(client, evaluation, warnings);
      await appendEvents(client, runId, events);
    });
  }

  async setRunStatus(runId: string, status: RunStatus, finishedAt?: string): Promise<void> {
    await this.#write((client) =>
      client.query('update "Run" set status = $2, "finishedAt" = $3 where id = $1', [
        runId,
        status.toUpperCase(),
        finishedAt ?? null,
      ]),
    );
  }

  async saveMetrics(evaluationId: string, metrics: readonly MetricRecord[]): Promise<void> {
    await this.#write((client) => replaceMetrics(client, evaluationId, metrics));
  }

  async saveGates(runId: string, gates: readonly GateResult[]): Promise<void> {
    await this.#write((client) =>
      client.query('update "Run" set gates = $2 where id = $1', [runId, JSON.stringify(gates)]),
    );
  }

  async record(runId: string, event: RunEvent): Promise<void> {
    this.#print(runId, event);
    await this.#write(async (client) => {
      if (event.type === 'metrics.updated') await writeMetrics(client, event.evaluationId, event.metrics);
      await appendEvents(client, runId, [event]);
    });
  }

  scores(evaluationId: string, metric: string, filter: string): Promise<ScoreColumns> {
    return this.#attempt(readScores(this.#pool, evaluationId, metric, filter));
  }

  measured(evaluationId: string, measurement: Measurement): Promise<Float64Array> {
    return this.#attempt(readMeasured(this.#pool, evaluationId, measurement));
  }

  totals(evaluationId: string): Promise<EvaluationTotals> {
    return this.#attempt(readTotals(this.#pool, evaluationId));
  }

  failures(evaluationId: string): Promise<ReadonlyMap<string, number>> {
    return this.#attempt(readFailures(this.#pool, evaluationId));
  }

  /** Nothing to close: pool and lease belong to the worker. */
  async close(): Promise<void> {}

  #print(runId: string, event: RunEvent): void {
    if (event.type === 'log.written') this.#log[event.level]({ runId }, event.message);
  }

  #write<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    return fenced(this.#pool, this.#lease, work);
  }

  async #read(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.#attempt(this.#pool.query(text, values))).rows;
  }

  async #attempt<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (thrown) {
      throw storeError(thrown);
    }
  }
}

async function updateEvaluation(client: PoolClient, evaluation: EvaluationRecord): Promise<void> {
  const { id, status, error, planned } = evaluation;
  const { rowCount } = await client.query(
    'update "Evaluation" set status = $2, error = $3, planned = $4, record = $5 where id = $1',
    [id, status.toUpperCase(), error ?? null, planned ?? null, JSON.stringify(evaluation)],
  );
  if (rowCount !== 1) throw new BancadaError('STORE_FAILED', 'no such evaluation', { value: id });
}

// Warnings of other evaluations stay.
async function replaceWarnings(
  client: PoolClient,
  { id, runId }: EvaluationRecord,
  warnings: readonly RunWarning[],
): Promise<void> {
  await client.query(
    `update "Run" set warnings = coalesce((select jsonb_agg(old) from jsonb_array_elements(warnings) old
       where old->>'evaluationId' <> $2), '[]') || $3::jsonb where id = $1`,
    [runId, id, JSON.stringify(warnings)],
  );
}

/** Writes what planning found into the run's row, and the rows of its evaluations; what is there already stays. */
export async function openRun(
  client: PoolClient,
  run: RunRecord,
  evaluations: readonly EvaluationRecord[],
): Promise<void> {
  await client.query(
    `insert into "Run" (id, name, status, config, fingerprint, snapshot, "createdAt", "finishedAt")
     values ($1, $2, $3, '', $4, $5, $6, $7)
     on conflict (id) do update set fingerprint = excluded.fingerprint, snapshot = excluded.snapshot
     where "Run".snapshot is null`,
    [
      run.id,
      run.name,
      run.status.toUpperCase(),
      run.fingerprint,
      JSON.stringify(run.snapshot),
      run.createdAt,
      run.finishedAt ?? null,
    ],
  );
  const { rows } = await client.query<{ next: number }>(
    'select coalesce(max(position) + 1, 0) as next from "Evaluation" where "runId" = $1',
    [run.id],
  );
  const known = new Set(
    (await client.query<{ id: string }>('select id from "Evaluation" where "runId" = $1', [run.id])).rows.map(
      ({ id }) => id,
    ),
  );
  let position = rows[0]?.next ?? 0;
  for (const evaluation of evaluations) {
    if (known.has(evaluation.id)) continue;
    const values = evaluationValues(evaluation, position++);
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    await client.query(`insert into "Evaluation" (${evaluationColumns}) values (${places})`, values);
  }
}
