// Finished samples on their way to the store: by the hundred, or after a moment, with bounded memory.
import type { SampleRecord } from './record.ts';
import type { ResultStore } from './result-store.ts';

const batchSize = 256;
const batchMs = 250;

/** Told after each batch is durable. */
export type BatchListener = (samples: readonly SampleRecord[]) => void | Promise<void>;

/** Writes the samples of one evaluation. Whoever adds waits while a full batch is written: that bounds the memory. */
export class SampleWriter {
  readonly #store: ResultStore;
  readonly #evaluationId: string;
  readonly #written: BatchListener;
  #batch: SampleRecord[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;
  #activeSince = performance.now();
  #closed = false;

  constructor(store: ResultStore, evaluationId: string, written: BatchListener) {
    this.#store = store;
    this.#evaluationId = evaluationId;
    this.#written = written;
  }

  /** Takes a sample; undefined when there is no need to wait. @throws what the store threw, on this or an earlier batch. */
  add(sample: SampleRecord): Promise<void> | undefined {
    if (this.#closed) return undefined;
    this.#batch.push(sample);
    if (this.#batch.length >= batchSize) return this.flush();
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => {
        this.#failure ??= error;
      });
    }, batchMs);
    return undefined;
  }

  /** Writes what has come so far. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Writes the rest; samples that come later are dropped. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #write(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const samples = this.#batch;
    this.#batch = [];
    if (samples.length === 0) return;
    const now = performance.now();
    const activeMs = now - this.#activeSince;
    this.#activeSince = now;
    await this.#store.append(this.#evaluationId, samples, activeMs);
    await this.#written(samples);
  }
}
