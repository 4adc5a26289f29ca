// How far an import is, in its row: written twice a second at most; a row that was cancelled stops it.
import type { DatasetImport } from '@bancada/prisma';
import { appendActivity } from '@bancada/prisma';
import type { Pool } from 'pg';
import type { Lease } from '../lease.ts';
import { fenced } from '../transaction.ts';

const writeEveryMs = 500;

/** How an import ended. */
export type ImportEnd =
  | { readonly status: 'SUCCEEDED'; readonly versionId: string }
  | { readonly status: 'FAILED'; readonly error: string };

/** Tells of one import. */
export class ImportProgress {
  readonly #pool: Pool;
  readonly #lease: Lease;
  readonly #id: string;
  readonly #cancelled = new AbortController();
  #bytes = 0;
  #step = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: Pool, lease: Lease, id: string) {
    this.#pool = pool;
    this.#lease = lease;
    this.#id = id;
  }

  /** Aborts when somebody cancelled it. */
  get cancelled(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Takes it up; undefined when there is nothing left to do. */
  async begin(): Promise<DatasetImport | undefined> {
    const { rows } = await this.#pool.query<DatasetImport>(
      `update "DatasetImport" set status = 'RUNNING', error = null where id = $1 and status in ('QUEUED', 'RUNNING') returning *`,
      [this.#id],
    );
    // Cancelling is seen even while nothing else moves.
    if (rows[0] !== undefined) this.#timer = setInterval(() => this.#write(), writeEveryMs);
    return rows[0];
  }

  /** The commit is known, and how much there is. */
  async found(commit: string, totalBytes: number): Promise<void> {
    await this.#pool.query('update "DatasetImport" set commit = $2, "totalBytes" = $3 where id = $1', [
      this.#id,
      commit,
      totalBytes,
    ]);
  }

  /** Bytes that are there, of all files together. */
  bytes(done: number): void {
    this.#bytes = done;
  }

  /** What is being done now: a file's path, or `publishing`. */
  step(name: string): void {
    this.#step = name;
  }

  /** Writes its end and tells of it in one transaction; one that was cancelled meanwhile stays so. */
  async end(end: ImportEnd): Promise<void> {
    await fenced(this.#pool, this.#lease, async (client) => {
      await client.query(
        `update "DatasetImport" set status = $2::"ImportStatus", error = $3, "versionId" = $4, step = null, "finishedAt" = now(),
           "doneBytes" = case when $2 = 'SUCCEEDED' then coalesce("totalBytes", "doneBytes") else $5::bigint end
         where id = $1 and status = 'RUNNING'`,
        [
          this.#id,
          end.status,
          end.status === 'FAILED' ? end.error : null,
          end.status === 'SUCCEEDED' ? end.versionId : null,
          this.#bytes,
        ],
      );
      await appendActivity(client, { kind: 'dataset.changed' });
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #write(): void {
    this.#tell().catch(() => undefined);
  }

  async #tell(): Promise<void> {
    const { rowCount } = await this.#pool.query(
      `update "DatasetImport" set "doneBytes" = $2, step = $3 where id = $1 and status = 'RUNNING'`,
      [this.#id, this.#bytes, this.#step],
    );
    if (rowCount === 0) this.#cancelled.abort();
    else await appendActivity(this.#pool, { kind: 'import.progress' });
  }
}
