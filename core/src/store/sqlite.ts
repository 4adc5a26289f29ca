// Results in one SQLite file, through Node's own SQLite: nothing to install, and readable by everything.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { BancadaError } from '../errors.ts';
import type { ScoreColumns } from '../metric/metric.ts';
import type { GateResult, RunEvent } from '../run/event.ts';
import { FinishedSamples } from '../run/finished-samples.ts';
import type { EvaluationRecord, MetricRecord, RunRecord, RunStatus, SampleRecord } from '../run/record.ts';
import type {
  EvaluationEnd,
  EvaluationTotals,
  Measurement,
  ResultReader,
  ResultStore,
} from '../run/result-store.ts';
import { RunClaims } from './sqlite-claim.ts';
import { readMeasured, readScores, readTotals } from './sqlite-measurements.ts';
import { SqliteReader, storeError } from './sqlite-reader.ts';
import { sampleColumns, sampleValues, toRun } from './sqlite-row.ts';
import { prepareSchema } from './sqlite-schema.ts';

// Writers of one file wait for each other this long before they give up.
const busyTimeoutMs = 10_000;

/** How to open a results file. */
export interface SqliteStoreOptions {
  /** For reading: a file that is not there is an error instead of being made. */
  readonly mustExist?: boolean | undefined;
}

/**
 * Opens a results file, making it and its folder when they are not there. Several runs share one file.
 * @throws BancadaError FILE_NOT_FOUND (with `mustExist`), STORE_FAILED (not a results file, another version, no right to write).
 */
export function openSqliteStore(file: string, options: SqliteStoreOptions = {}): ResultStore & ResultReader {
  if (options.mustExist && !existsSync(file)) {
    throw new BancadaError('FILE_NOT_FOUND', 'there is no such results file', { file });
  }
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    prepareSchema(database, file);
    return new SqliteStore(database, file);
  } catch (error) {
    database?.close();
    throw storeError(error, file);
  }
}

class SqliteStore extends SqliteReader implements ResultStore {
  readonly #claims: RunClaims;
  readonly #insertSample: StatementSync;
  readonly #insertScore: StatementSync;
  readonly #addActive: StatementSync;
  readonly #insertEvent: StatementSync;

  constructor(database: DatabaseSync, file: string) {
    super(database, file);
    this.#claims = new RunClaims(database, file);
    const names = sampleColumns.split(', ');
    this.#insertSample = database.prepare(
      `INSERT INTO sample (${sampleColumns}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (evaluation, item, repeat) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
       WHERE sample.failure IS NOT NULL`,
    );
    this.#insertScore = database.prepare('INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.#addActive = database.prepare('UPDATE evaluation SET active_ms = active_ms + ? WHERE key = ?');
    this.#insertEvent = database.prepare(
      `INSERT INTO event SELECT ?1, coalesce(max(sequence), 0) + 1, ?2, ?3, ?4 FROM event WHERE run = ?1`,
    );
  }

  async open(run: RunRecord, evaluations: readonly EvaluationRecord[]): Promise<void> {
    this.#transaction(() => {
      this.database
        .prepare(
          `INSERT INTO run (id, name, fingerprint, status, created_at, finished_at, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO NOTHING`,
        )
        .run(
          run.id,
          run.name,
          run.fingerprint,
          run.status,
          run.createdAt,
          run.finishedAt ?? null,
          JSON.stringify(run.snapshot),
        );
      this.#claims.take(run.id);
      for (const evaluation of evaluations) this.#insertEvaluation(evaluation);
    });
  }

  async latest(fingerprint: string): Promise<RunRecord | undefined> {
    const row = this.attempt(() =>
      this.database
        .prepare('SELECT * FROM run WHERE fingerprint = ? ORDER BY created_at DESC, id DESC LIMIT 1')
        .get(fingerprint),
    );
    return row && toRun(row);
  }

  async finished(evaluationId: string, repeats: number, retryFailed: boolean): Promise<FinishedSamples> {
    return this.attempt(() => {
      const finished = new FinishedSamples(repeats);
      const rows = this.database
        .prepare(
          `SELECT item, repeat, failure IS NOT NULL AS failed FROM sample WHERE evaluation = ?
           AND (NOT ? OR failure IS NULL) ORDER BY item, repeat`,
        )
        .iterate(this.key(evaluationId), Number(retryFailed));
      for (const row of rows) finished.add(Number(row.item), Number(row.repeat), row.failed === 1);
      return finished;
    });
  }

  async append(evaluationId: string, samples: readonly SampleRecord[], activeMs: number): Promise<number> {
    return this.#transaction(() => {
      const key = this.key(evaluationId);
      let written = 0;
      for (const sample of samples) {
        if (this.#insertSample.run(...sampleValues(key, sample)).changes === 0) continue;
        written += 1;
        const { item, repeat, group } = sample;
        for (const { metric, filter, value, weight } of sample.scores) {
          this.#insertScore.run(key, item, repeat, metric, filter, value, weight, group ?? null);
        }
      }
      this.#addActive.run(activeMs, key);
      return written;
    });
  }

  async updateEvaluation(evaluation: EvaluationRecord): Promise<void> {
    this.attempt(() => this.#updateEvaluation(evaluation));
  }

  async endEvaluation({ evaluation, metrics, warnings, events }: EvaluationEnd): Promise<void> {
    const { id, runId } = evaluation;
    this.#transaction(() => {
      this.#updateEvaluation(evaluation);
      this.#replaceMetrics(id, metrics);
      this.database.prepare('DELETE FROM warning WHERE run = ? AND evaluation = ?').run(runId, id);
      const insert = this.database.prepare(
        'INSERT INTO warning SELECT ?1, coalesce(max(position) + 1, 0), ?2, ?3, ?4 FROM warning WHERE run = ?1',
      );
      for (const { code, message } of warnings) insert.run(runId, code, id, message);
      for (const event of events) this.#insertEventOf(runId, event);
    });
  }

  async setRunStatus(runId: string, status: RunStatus, finishedAt?: string): Promise<void> {
    this.#transaction(() => {
      this.database
        .prepare('UPDATE run SET status = ?, finished_at = ? WHERE id = ?')
        .run(status, finishedAt ?? null, runId);
      if (status !== 'running') this.#claims.release(runId);
    });
  }

  async saveMetrics(evaluationId: string, metrics: readonly MetricRecord[]): Promise<void> {
    this.#transaction(() => this.#replaceMetrics(evaluationId, metrics));
  }

  async saveGates(runId: string, gates: readonly GateResult[]): Promise<void> {
    this.#transaction(() => {
      this.database.prepare('DELETE FROM gate WHERE run = ?').run(runId);
      const insert = this.database.prepare('INSERT INTO gate VALUES (?, ?, ?, ?, ?, ?, ?)');
      gates.forEach(({ gate, evaluationId, value, passed, message }, position) => {
        insert.run(
          runId,
          position,
          JSON.stringify(gate),
          evaluationId ?? null,
          value ?? null,
          Number(passed),
          message,
        );
      });
    });
  }

  async record(runId: string, event: RunEvent): Promise<void> {
    this.attempt(() => this.#insertEventOf(runId, event));
  }

  async scores(evaluationId: string, metric: string, filter: string): Promise<ScoreColumns> {
    return this.attempt(() => readScores(this.database, this.key(evaluationId), metric, filter));
  }

  async measured(evaluationId: string, measurement: Measurement): Promise<Float64Array> {
    return this.attempt(() => readMeasured(this.database, this.key(evaluationId), measurement));
  }

  async totals(evaluationId: string): Promise<EvaluationTotals> {
    return this.attempt(() => readTotals(this.database, this.key(evaluationId)));
  }

  async failures(evaluationId: string): Promise<ReadonlyMap<string, number>> {
    return this.attempt(() => {
      const rows = this.database
        .prepare(
          'SELECT failure, count(*) AS n FROM sample WHERE evaluation = ? AND failure IS NOT NULL GROUP BY failure ORDER BY n DESC, failure',
        )
        .all(this.key(evaluationId));
      return new Map(rows.map((row) => [String(row.failure), Number(row.n)]));
    });
  }

  override async close(): Promise<void> {
    if (!this.database.isOpen) return;
    this.attempt(() => this.#claims.close());
    await super.close();
  }

  #insertEvaluation(evaluation: EvaluationRecord): void {
    this.database
      .prepare(
        `INSERT INTO evaluation (id, run, task, model, variant, output_type, num_fewshot, repeats, fingerprint, metrics,
           model_info, parameters, planned, status, error)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      )
      .run(
        evaluation.id,
        evaluation.runId,
        evaluation.task,
        evaluation.model,
        evaluation.variant,
        evaluation.outputType,
        evaluation.numFewshot,
        evaluation.repeats,
        evaluation.fingerprint,
        JSON.stringify(evaluation.metrics),
        evaluation.modelInfo === undefined ? null : JSON.stringify(evaluation.modelInfo),
        JSON.stringify(evaluation.parameters),
        evaluation.planned ?? null,
        evaluation.status,
        evaluation.error ?? null,
      );
  }

  #updateEvaluation(evaluation: EvaluationRecord): void {
    this.database
      .prepare(
        'UPDATE evaluation SET model_info = ?, parameters = ?, planned = ?, status = ?, error = ? WHERE key = ?',
      )
      .run(
        evaluation.modelInfo === undefined ? null : JSON.stringify(evaluation.modelInfo),
        JSON.stringify(evaluation.parameters),
        evaluation.planned ?? null,
        evaluation.status,
        evaluation.error ?? null,
        this.key(evaluation.id),
      );
  }

  #replaceMetrics(evaluationId: string, metrics: readonly MetricRecord[]): void {
    const key = this.key(evaluationId);
    this.database.prepare('DELETE FROM metric WHERE evaluation = ?').run(key);
    const insert = this.database.prepare('INSERT INTO metric VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    metrics.forEach((metric, position) => {
      insert.run(
        key,
        position,
        metric.metric,
        metric.filter,
        metric.kind,
        metric.value,
        metric.n,
        metric.stderr ?? null,
        metric.ciLow ?? null,
        metric.ciHigh ?? null,
        metric.method,
        Number(metric.higherIsBetter),
      );
    });
  }

  #insertEventOf(runId: string, event: RunEvent): void {
    this.#insertEvent.run(runId, new Date().toISOString(), event.type, JSON.stringify(event));
  }

  #transaction<Result>(work: () => Result): Result {
    return this.attempt(() => {
      this.database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.database.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.database.isTransaction) this.database.exec('ROLLBACK');
        throw error;
      }
    });
  }
}
