// A file that is written as bytes come, from two buffers that are used over and over, and brought to the disk on the way.
import { type FileHandle, open } from 'node:fs/promises';
import { collectYoungGarbage } from './young-garbage.ts';

const bufferBytes = 1 << 20;
const collectBytes = 8 << 20;
// So much is sent to the disk at a time: at the end only the last of it is waited for.
const syncBytes = 64 << 20;

/** Creates it. @throws Error when there is such a file. */
export async function createLandingFile(file: string): Promise<LandingFile> {
  return new LandingFile(await open(file, 'wx'));
}

/** Chunks are copied, so that they are garbage at once, and collected while they are young. */
export class LandingFile {
  /** Told how many bytes the file has by now. */
  onGrown: (bytes: number) => void = () => undefined;
  readonly #handle: FileHandle;
  #filling = Buffer.allocUnsafeSlow(bufferBytes);
  #filled = 0;
  #spare = Buffer.allocUnsafeSlow(bufferBytes);
  #writing: Promise<void> = Promise.resolve();
  #syncing: Promise<void> = Promise.resolve();
  #written = 0;
  #sentToDisk = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Takes a chunk; what was written may be waited for. */
  async write(chunk: Uint8Array): Promise<void> {
    let from = 0;
    while (from < chunk.byteLength) {
      const part = chunk.subarray(from, from + bufferBytes - this.#filled);
      this.#filling.set(part, this.#filled);
      this.#filled += part.byteLength;
      from += part.byteLength;
      if (this.#filled === bufferBytes) await this.#flush();
    }
  }

  /** Writes what is left, and gives the size. */
  async end(): Promise<number> {
    await this.#flush();
    await this.#writing;
    return this.#written;
  }

  /** Returns once every byte is on the disk. */
  async sync(): Promise<void> {
    await this.#syncing;
    await this.#handle.datasync();
  }

  /** Lets go of the file, whatever is still on its way. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#writing, this.#syncing]);
    await this.#handle.close();
  }

  async #flush(): Promise<void> {
    await this.#writing;
    const full = this.#filling.subarray(0, this.#filled);
    [this.#filling, this.#spare] = [this.#spare, this.#filling];
    this.#filled = 0;
    this.#writing = this.#append(full);
    this.#writing.catch(() => undefined);
  }

  async #append(bytes: Buffer): Promise<void> {
    let from = 0;
    while (from < bytes.length) {
      const { bytesWritten } = await this.#handle.write(bytes, from);
      from += bytesWritten;
    }
    this.#written += bytes.length;
    this.onGrown(this.#written);
    if (this.#written % collectBytes === 0) collectYoungGarbage();
    if (this.#written - this.#sentToDisk < syncBytes) return;
    this.#sentToDisk = this.#written;
    this.#syncing = this.#syncing.then(() => this.#handle.datasync());
    this.#syncing.catch(() => undefined);
  }
}
