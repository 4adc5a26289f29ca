// Writes what is told at the playground: text is gathered for a moment, everything else goes with it in order.
import { appendPieces, type NumberedPiece, type PlaygroundPiece, query } from '@bancada/prisma';
import type { Pool } from 'pg';

const gatherMs = 60;

/** One playground's stream. */
export class PieceWriter {
  readonly #pool: Pool;
  readonly #playgroundId: string;
  readonly #onLeft: () => void;
  #sequence: number;
  #waiting: PlaygroundPiece[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(pool: Pool, playgroundId: string, sequence: number, onLeft: () => void) {
    this.#pool = pool;
    this.#playgroundId = playgroundId;
    this.#sequence = sequence;
    this.#onLeft = onLeft;
  }

  /** Goes on after what an earlier try wrote. @param onLeft called when nobody looks any more. */
  static async open(pool: Pool, playgroundId: string, onLeft: () => void): Promise<PieceWriter> {
    const [row] = await query<{ last: number | null }>(
      pool,
      'select max(sequence)::int as last from "PlaygroundChunk" where "playgroundId" = $1::uuid',
      [playgroundId],
    );
    return new PieceWriter(pool, playgroundId, row?.last ?? 0, onLeft);
  }

  /** Tells it within some milliseconds. */
  write(piece: PlaygroundPiece): void {
    const same = this.#waiting.findLastIndex(
      (one) => 'index' in one && 'index' in piece && one.index === piece.index,
    );
    const last = this.#waiting[same];
    if (piece.type === 'text' && last?.type === 'text')
      this.#waiting[same] = { ...last, text: last.text + piece.text };
    else this.#waiting.push(piece);
    this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
  }

  /** Resolves when everything is written. @throws what the database says. */
  async close(): Promise<void> {
    this.#flush();
    await this.#writing;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pieces: NumberedPiece[] = this.#waiting.map((piece) => {
      this.#sequence += 1;
      return { sequence: this.#sequence, piece };
    });
    this.#waiting = [];
    if (pieces.length === 0) return;
    this.#writing = this.#writing.then(async () => {
      const looked = await appendPieces(this.#pool, this.#playgroundId, pieces);
      if (!looked) this.#onLeft();
    });
    // `close` tells of it.
    this.#writing.catch(() => this.#onLeft());
  }
}
