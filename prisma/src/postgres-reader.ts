// Reads results from Postgres as core's exporters and comparison want them; samples through a cursor, with constant memory.
import type {
  EvaluationRecord,
  GateResult,
  MetricRecord,
  RecordedEvent,
  ResultReader,
  RunEvent,
  RunRecord,
  RunStatus,
  RunWarning,
  SampleRecord,
} from '@bancada/core';
import type { Pool } from 'pg';
import { cursorRows } from './cursor-rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** The results of one run, or of all. Evaluations carry the ids of their rows. */
export class PostgresReader implements ResultReader {
  readonly #pool: Pool;
  readonly #runId: string | undefined;

  /** `runId`: `runs` gives this run alone, as an export of one must not read thousands. */
  constructor(pool: Pool, runId?: string) {
    this.#pool = pool;
    this.#runId = runId;
  }

  async runs(): Promise<RunRecord[]> {
    const rows = await this.#read(
      'select * from "Run" where $1::uuid is null or id = $1 order by "createdAt" desc, id desc',
      [this.#runId ?? null],
    );
    return rows.map((row) => ({
      id: String(row.id),
      name: String(row.name),
      fingerprint: String(row.fingerprint ?? ''),
      status: String(row.status).toLowerCase() as RunStatus,
      createdAt: isoTime(row.createdAt),
      finishedAt: row.finishedAt === null ? undefined : isoTime(row.finishedAt),
      snapshot: (row.snapshot ?? {}) as RunRecord['snapshot'],
    }));
  }

  async evaluations(runId: string): Promise<EvaluationRecord[]> {
    const rows = await this.#read('select * from "Evaluation" where "runId" = $1 order by position', [runId]);
    return rows.map((row) => ({
      ...(row.record as EvaluationRecord),
      id: String(row.id),
      runId,
      planned: row.planned === null ? undefined : Number(row.planned),
      status: String(row.status).toLowerCase() as EvaluationRecord['status'],
      error: row.error === null ? undefined : String(row.error),
    }));
  }

  async metrics(evaluationId: string): Promise<MetricRecord[]> {
    const rows = await this.#read(
      `select * from "MetricValue" where "evaluationId" = $1
       order by array_position(array['score', 'retrieval', 'speed', 'failure'], kind), metric, filter`,
      [evaluationId],
    );
    return rows.map(({ preliminary: _, ...metric }) => withoutNulls(metric) as unknown as MetricRecord);
  }

  async warnings(runId: string): Promise<RunWarning[]> {
    const [row] = await this.#read('select warnings from "Run" where id = $1', [runId]);
    return (row?.warnings ?? []) as RunWarning[];
  }

  async gates(runId: string): Promise<GateResult[]> {
    const [row] = await this.#read('select gates from "Run" where id = $1', [runId]);
    return (row?.gates ?? []) as GateResult[];
  }

  async *samples(evaluationId: string): AsyncGenerator<SampleRecord> {
    const rows = cursorRows<SampleRow>(
      this.#pool,
      `select s.*, c.scores from "Sample" s left join lateral (
         select json_agg(json_build_object('metric', metric, 'filter', filter, 'value', value, 'weight', weight) order by metric, filter) as scores
         from "Score" where "evaluationId" = s."evaluationId" and item = s.item and repeat = s.repeat) c on true
       where s."evaluationId" = $1 order by s.item, s.repeat`,
      [evaluationId],
    );
    for await (const page of rows) for (const row of page) yield toSample(row);
  }

  async *events(runId: string, afterSequence = 0): AsyncGenerator<RecordedEvent> {
    const rows = cursorRows<{ sequence: string; createdAt: Date; payload: RunEvent }>(
      this.#pool,
      // What core does not know of stays out: its files hold its own events alone.
      `select sequence, "createdAt", payload from "RunEvent"
       where "runId" = $1 and sequence > $2 and type <> 'run.status' order by sequence`,
      [runId, afterSequence],
    );
    for await (const page of rows) {
      for (const { sequence, createdAt, payload } of page) {
        yield { sequence: Number(sequence), at: isoTime(createdAt), event: payload };
      }
    }
  }

  /** The pool is its owner's to end. */
  async close(): Promise<void> {}

  async #read(text: string, values: readonly unknown[]): Promise<Row[]> {
    return (await this.#pool.query<Row>(text, [...values])).rows;
  }
}

interface SampleRow {
  readonly evaluationId: string;
  readonly item: number;
  readonly repeat: number;
  readonly itemId: string;
  readonly failure: string | null;
  readonly failureMessage: string | null;
  readonly input: string;
  readonly target: string;
  readonly prediction: string;
  readonly output: string;
  readonly group: string | null;
  readonly choices: number | null;
  readonly requests: SampleRecord['requests'];
  readonly retrieved: NonNullable<SampleRecord['retrieved']> | null;
  readonly relevantDocuments: readonly string[] | null;
  readonly goldRetrieved: boolean | null;
  readonly documentRecall: number | null;
  readonly reciprocalRank: number | null;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly droppedTokens: number;
  readonly queueMs: number;
  readonly ttftMs: number | null;
  readonly e2eMs: number;
  readonly prefillMs: number | null;
  readonly decodeMs: number | null;
  readonly startedAt: Date;
  readonly scores: SampleRecord['scores'] | null;
}

function toSample(row: SampleRow): SampleRecord {
  const { failure, failureMessage, requests } = row;
  return {
    evaluationId: row.evaluationId,
    item: row.item,
    repeat: row.repeat,
    itemId: row.itemId,
    outcome:
      failure === null
        ? { status: 'ok' }
        : { status: 'failed', reason: failure as never, message: failureMessage ?? '' },
    input: row.input,
    target: row.target,
    prediction: row.prediction,
    output: row.output,
    group: row.group ?? undefined,
    choices: row.choices ?? undefined,
    requests,
    retrieved: row.retrieved ?? undefined,
    relevantDocuments: row.relevantDocuments ?? undefined,
    goldRetrieved: row.goldRetrieved ?? undefined,
    documentRecall: row.documentRecall ?? undefined,
    reciprocalRank: row.reciprocalRank ?? undefined,
    scores: row.scores ?? [],
    tokens: { prompt: row.promptTokens, output: row.outputTokens, dropped: row.droppedTokens },
    timing: {
      queueMs: row.queueMs,
      ttftMs: row.ttftMs ?? undefined,
      // The gaps of the first request that generated, as core sums a sample up.
      interTokenMs: requests.find(({ timing }) => timing.interTokenMs !== undefined)?.timing.interTokenMs,
      e2eMs: row.e2eMs,
      prefillMs: row.prefillMs ?? undefined,
      decodeMs: row.decodeMs ?? undefined,
    },
    startedAt: isoTime(row.startedAt),
  };
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

function isoTime(value: unknown): string {
  return (value instanceof Date ? value : new Date(String(value))).toISOString();
}
