// One process at a time writes a run: the claim on it, kept alive by a beat, free at once when its process dies.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import { BancadaError } from '../errors.ts';

const beatEveryMs = 2_000;
// On another machine only the beat tells; generous, because a busy event loop beats late.
const silentAfterMs = 60_000;

// A process that was restarted may carry the same number; only the claims made here are our own living ones.
const claimsOfThisProcess = new Set<string>();

/** The claims that one open store holds. */
export class RunClaims {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #token = randomUUID();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: DatabaseSync, file: string) {
    this.#database = database;
    this.#file = file;
    claimsOfThisProcess.add(this.#token);
  }

  /** Claims a run; to be called inside a transaction. @throws BancadaError STORE_FAILED when another living process holds it. */
  take(runId: string): void {
    const holder = this.#database
      .prepare(
        'SELECT writer, writer_pid AS pid, writer_host AS host, writer_beat AS beat FROM run WHERE id = ?',
      )
      .get(runId);
    if (holder?.writer && holder.writer !== this.#token && isAlive(holder)) {
      throw new BancadaError('STORE_FAILED', `process ${holder.pid} on ${holder.host} is writing this run`, {
        file: this.#file,
        value: runId,
        hint: 'Wait until it has ended, or choose another file',
      });
    }
    this.#database
      .prepare('UPDATE run SET writer = ?, writer_pid = ?, writer_host = ?, writer_beat = ? WHERE id = ?')
      .run(this.#token, process.pid, hostname(), Date.now(), runId);
    this.#timer ??= setInterval(() => this.#beat(), beatEveryMs).unref();
  }

  /** Gives one run back. */
  release(runId: string): void {
    this.#database
      .prepare('UPDATE run SET writer = NULL WHERE id = ? AND writer = ?')
      .run(runId, this.#token);
  }

  /** Gives everything back. */
  close(): void {
    clearInterval(this.#timer);
    this.#database.prepare('UPDATE run SET writer = NULL WHERE writer = ?').run(this.#token);
    claimsOfThisProcess.delete(this.#token);
  }

  #beat(): void {
    try {
      this.#database.prepare('UPDATE run SET writer_beat = ? WHERE writer = ?').run(Date.now(), this.#token);
    } catch {
      // The file is busy; the next beat is early enough.
    }
  }
}

function isAlive(holder: Record<string, unknown>): boolean {
  if (Number(holder.beat) < Date.now() - silentAfterMs) return false;
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return claimsOfThisProcess.has(String(holder.writer));
  try {
    process.kill(Number(holder.pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
