// Logs: structured lines to stdout; those that tell of a run go to its log in the database too, in batches.
import { Writable } from 'node:stream';
import type { Pool } from 'pg';
import pino, { type Logger } from 'pino';

const flushMs = 500;
// A database that is away must not fill the memory: the oldest lines go first.
const capacity = 5_000;

interface RunLine {
  readonly runId: string;
  readonly level: string;
  readonly message: string;
  readonly at: string;
}

/** Lines of runs on their way into `LogLine`. */
export class RunLog extends Writable {
  readonly #pool: Pool;
  #workerId: string | undefined;
  #lines: RunLine[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: Pool) {
    super({ decodeStrings: false });
    this.#pool = pool;
  }

  /** Whose lines they are from now on. */
  useWorker(workerId: string): void {
    this.#workerId = workerId;
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    if (chunk.includes('"runId"')) this.#take(chunk);
    done();
  }

  /** Writes what is waiting; lines of runs that were deleted are left out. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines;
    if (lines.length === 0) return;
    this.#lines = [];
    try {
      await this.#pool.query(
        `insert into "LogLine" ("runId", "workerId", level, message, "createdAt")
         select line.run, $1::uuid, line.level, line.message, line.at
         from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) with ordinality as line (run, level, message, at, place)
         where exists (select 1 from "Run" where id = line.run) order by place`,
        [
          this.#workerId ?? null,
          lines.map(({ runId }) => runId),
          lines.map(({ level }) => level),
          lines.map(({ message }) => message),
          lines.map(({ at }) => at),
        ],
      );
    } catch {
      this.#lines = [...lines, ...this.#lines].slice(-capacity);
      this.#later();
    }
  }

  #take(chunk: string): void {
    const line: unknown = JSON.parse(chunk);
    if (typeof line !== 'object' || line === null || !('runId' in line) || !('msg' in line)) return;
    const level = 'level' in line ? String(line.level) : 'info';
    this.#lines.push({
      runId: String(line.runId),
      level,
      message: String(line.msg),
      at: new Date().toISOString(),
    });
    this.#later();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.flush().catch(() => undefined);
    }, flushMs).unref();
  }
}

/** The logger of a worker. Lines with a `runId` reach the run's log too. */
export function createLogger(level: string, runLog: RunLog): Logger {
  const formatters = { level: (label: string) => ({ level: label }) };
  const streams = [
    { level: 'trace' as const, stream: process.stdout },
    { level: 'info' as const, stream: runLog },
  ];
  return pino({ level, base: { pid: process.pid }, formatters }, pino.multistream(streams));
}
