// Work on texts of strangers off the main thread, one after the other; what takes too long or too much memory loses its thread.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** How far the work may go. */
export interface Bounds {
  readonly longestMs: number;
  readonly memoryMb: number;
}

const idleMs = 30_000;

/** A thread that answers each message with one; it says `ready` first. */
export class BoundedThread<Job, Answer> {
  readonly #file: URL;
  readonly #bounds: Bounds;
  #thread: Promise<Worker> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  /** It is started by the first job, and ends when there is none for a while. */
  constructor(file: URL, bounds: Bounds) {
    this.#file = file;
    this.#bounds = bounds;
  }

  /** The thread's answer; undefined when it took too long or too much memory. */
  ask(job: Job): Promise<Answer | undefined> {
    const answered = this.#turn.then(() => this.#askNow(job));
    this.#turn = answered.catch(() => undefined);
    return answered;
  }

  async #askNow(job: Job): Promise<Answer | undefined> {
    clearTimeout(this.#idle);
    this.#thread ??= this.#start();
    const running = await this.#thread;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.#bounds.longestMs);
    try {
      running.postMessage(job);
      const [answer] = await Promise.race([
        once(running, 'message', { signal: limit.signal }),
        once(running, 'exit', { signal: limit.signal }).then(() =>
          Promise.reject(new Error('the thread ended')),
        ),
      ]);
      return answer as Answer;
    } catch {
      this.#thread = undefined;
      await running.terminate();
      return undefined;
    } finally {
      clearTimeout(timer);
      limit.abort();
      this.#idle = setTimeout(() => this.#rest(), idleMs).unref();
    }
  }

  #rest(): void {
    const resting = this.#thread;
    this.#thread = undefined;
    resting?.then((one) => one.terminate()).catch(() => undefined);
  }

  async #start(): Promise<Worker> {
    const worker = new Worker(this.#file, {
      resourceLimits: { maxOldGenerationSizeMb: this.#bounds.memoryMb },
    });
    worker.unref();
    await once(worker, 'message');
    return worker;
  }
}
