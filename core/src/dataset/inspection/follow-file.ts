// Reads a file while it is still growing: every byte into its hash, and the lines of JSON Lines into their check.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { RecordFacts } from './inspection.ts';
import type { LineCheck } from './line-check.ts';

/** Follows one file. */
export class FileFollower {
  readonly #handle: FileHandle;
  readonly #lines: LineCheck | undefined;
  readonly #block: Buffer;
  readonly #hash = createHash('sha256');
  #position = 0;

  /** @param lines undefined for formats that are read once the file is whole. */
  constructor(handle: FileHandle, lines: LineCheck | undefined) {
    this.#handle = handle;
    this.#lines = lines;
    this.#block = lines?.block ?? Buffer.allocUnsafe(1 << 20);
  }

  /** Rows so far. */
  get rows(): number {
    return this.#lines?.rows ?? 0;
  }

  /** Reads up to a number of bytes that the file has by now. @throws BancadaError FILE_INVALID with line and column. */
  async readTo(bytes: number): Promise<void> {
    while (this.#position < bytes) {
      const wanted = Math.min(this.#block.length, bytes - this.#position);
      const { bytesRead } = await this.#handle.read(this.#block, 0, wanted, this.#position);
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      this.#hash.update(this.#block.subarray(0, bytesRead));
      this.#lines?.take(bytesRead);
    }
  }

  /** The file is whole. @throws BancadaError FILE_INVALID. */
  async end(): Promise<RecordFacts | undefined> {
    await this.#handle.close();
    return this.#lines?.end();
  }

  /** Of what was read, hex. */
  sha256(): string {
    return this.#hash.digest('hex');
  }
}
