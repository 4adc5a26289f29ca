// What is in a results file: runs, evaluations, aggregates, and samples by the page.
import type { DatabaseSync } from 'node:sqlite';
import { BancadaError } from '../errors.ts';
import type { GateResult, RunWarning } from '../run/event.ts';
import type { EvaluationRecord, MetricRecord, RunRecord, SampleRecord } from '../run/record.ts';
import type { RecordedEvent, ResultReader } from '../run/result-store.ts';
import type { Score } from '../scorer/scorer.ts';
import { optionalNumber, optionalText, toEvaluation, toMetric, toRun, toSample } from './sqlite-row.ts';

// Rows of a page: enough to make the query cheap, few enough to keep long texts out of memory.
const pageSize = 200;

/** The reading half of a results file. */
export class SqliteReader implements ResultReader {
  protected readonly database: DatabaseSync;
  protected readonly file: string;
  readonly #keys = new Map<string, number>();

  constructor(database: DatabaseSync, file: string) {
    this.database = database;
    this.file = file;
  }

  async runs(): Promise<RunRecord[]> {
    return this.attempt(() =>
      this.database.prepare('SELECT * FROM run ORDER BY created_at DESC, id DESC').all().map(toRun),
    );
  }

  async evaluations(runId: string): Promise<EvaluationRecord[]> {
    return this.attempt(() =>
      this.database
        .prepare('SELECT * FROM evaluation WHERE run = ? ORDER BY key')
        .all(runId)
        .map(toEvaluation),
    );
  }

  async metrics(evaluationId: string): Promise<MetricRecord[]> {
    return this.attempt(() =>
      this.database
        .prepare('SELECT * FROM metric WHERE evaluation = ? ORDER BY position')
        .all(this.key(evaluationId))
        .map((row) => toMetric(evaluationId, row)),
    );
  }

  async warnings(runId: string): Promise<RunWarning[]> {
    return this.attempt(() =>
      this.database
        .prepare('SELECT * FROM warning WHERE run = ? ORDER BY position')
        .all(runId)
        .map((row) => ({
          code: row.code as RunWarning['code'],
          evaluationId: String(row.evaluation),
          message: String(row.message),
        })),
    );
  }

  async gates(runId: string): Promise<GateResult[]> {
    return this.attempt(() =>
      this.database
        .prepare('SELECT * FROM gate WHERE run = ? ORDER BY position')
        .all(runId)
        .map((row) => ({
          gate: JSON.parse(String(row.gate)),
          evaluationId: optionalText(row.evaluation),
          value: optionalNumber(row.value),
          passed: row.passed === 1,
          message: String(row.message),
        })),
    );
  }

  async *samples(evaluationId: string): AsyncIterable<SampleRecord> {
    const key = this.key(evaluationId);
    const page = this.database.prepare(
      'SELECT * FROM sample WHERE evaluation = ? AND (item, repeat) > (?, ?) ORDER BY item, repeat LIMIT ?',
    );
    const scores = this.database.prepare(
      'SELECT metric, filter, value, weight FROM score WHERE evaluation = ? AND item = ? AND repeat = ?',
    );
    let last = { item: -1, repeat: 0 };
    for (;;) {
      const rows = this.attempt(() => page.all(key, last.item, last.repeat, pageSize));
      for (const row of rows) {
        const found = scores.all(key, Number(row.item), Number(row.repeat)) as unknown as Score[];
        const sample = toSample(
          evaluationId,
          row,
          found.map((score) => ({ ...score })),
        );
        last = sample;
        yield sample;
      }
      if (rows.length < pageSize) return;
    }
  }

  async *events(runId: string, afterSequence = 0): AsyncIterable<RecordedEvent> {
    const page = this.database.prepare(
      'SELECT sequence, at, event FROM event WHERE run = ? AND sequence > ? ORDER BY sequence LIMIT ?',
    );
    let last = afterSequence;
    for (;;) {
      const rows = this.attempt(() => page.all(runId, last, pageSize));
      for (const row of rows) {
        last = Number(row.sequence);
        yield { sequence: last, at: String(row.at), event: JSON.parse(String(row.event)) };
      }
      if (rows.length < pageSize) return;
    }
  }

  async close(): Promise<void> {
    this.database.close();
  }

  /** The row number of an evaluation. */
  protected key(evaluationId: string): number {
    const known = this.#keys.get(evaluationId);
    if (known !== undefined) return known;
    const row = this.database.prepare('SELECT key FROM evaluation WHERE id = ?').get(evaluationId);
    if (!row)
      throw new BancadaError('UNKNOWN_NAME', 'no such evaluation', { file: this.file, value: evaluationId });
    this.#keys.set(evaluationId, Number(row.key));
    return Number(row.key);
  }

  /** Does some work and names the file when SQLite refuses. */
  protected attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.file);
    }
  }
}

/** What SQLite said, as an error that names the file; an error of ours stays as it is. */
export function storeError(error: unknown, file: string): BancadaError {
  if (error instanceof BancadaError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const summary = said.includes('not a database')
    ? 'this is not a results file (not SQLite)'
    : `the results file cannot be used: ${said}`;
  return new BancadaError('STORE_FAILED', summary, { file, cause: error });
}
