// One LISTEN for the process, fanned out to every subscriber: replay what came before, then go live, no gap and no repeat.
import { type Listener, listen, type Notice } from '@bancada/prisma';
import type { Pool } from 'pg';

/** Something with a place in a stream. */
export interface Sequenced {
  readonly sequence: number;
}

/** Reads what a stream holds after a sequence, oldest first, at most `limit`. */
export type ReadStream<Item extends Sequenced> = (afterSequence: number, limit: number) => Promise<Item[]>;

type Wake = () => void;

const pageSize = 500;
// Notices can be lost (a broken connection, a server that failed over): followed streams look by themselves this often.
const lookEveryMs = 5_000;

/** Wakes subscribers when their stream has grown. Streams are named by topic: `run:<id>`, `playground:<id>`, `activity`, `hardware`. */
export class EventHub {
  readonly #waiting = new Map<string, Set<Wake>>();
  readonly #shared = new Map<string, SharedReader<Sequenced>>();
  #listener: Listener | undefined;
  #stopped = false;

  /** Begins to listen. @throws what the first connection fails with. */
  async start(pool: Pool): Promise<void> {
    this.#listener = await listen(pool, (notice) => this.#hear(notice));
  }

  /** Ends every subscription. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#listener?.stop();
    this.#listener = undefined;
    this.#wakeAll();
  }

  /**
   * Follows a stream from after a sequence on: what is there first, then what comes. Subscribers of a topic share
   * the reads of what is new, so their number costs the database nothing. Leaving the iteration ends it at once.
   */
  follow<Item extends Sequenced>(
    topic: string,
    afterSequence: number,
    read: ReadStream<Item>,
  ): AsyncGenerator<Item> {
    const left = new AbortController();
    const items = this.#follow(topic, afterSequence, read, left.signal);
    return Object.assign(items, {
      return: (value: unknown) => {
        left.abort();
        return Object.getPrototypeOf(items).return.call(items, value);
      },
    });
  }

  async *#follow<Item extends Sequenced>(
    topic: string,
    afterSequence: number,
    read: ReadStream<Item>,
    signal: AbortSignal,
  ): AsyncGenerator<Item> {
    const bell = new Bell();
    const unsubscribe = this.#subscribe(topic, bell.ring);
    signal.addEventListener('abort', bell.ring);
    let last = afterSequence;
    try {
      while (!signal.aborted && !this.#stopped) {
        const items = await this.#reader(topic, read).after(last);
        for (const item of items) {
          if (signal.aborted) return;
          last = item.sequence;
          yield item;
        }
        if (items.length < pageSize) await bell.wait(lookEveryMs);
      }
    } finally {
      unsubscribe();
    }
  }

  #reader<Item extends Sequenced>(topic: string, read: ReadStream<Item>): SharedReader<Item> {
    const known = this.#shared.get(topic);
    if (known) return known as unknown as SharedReader<Item>;
    const reader = new SharedReader(read);
    this.#shared.set(topic, reader);
    return reader;
  }

  #subscribe(topic: string, wake: Wake): () => void {
    const wakes = this.#waiting.get(topic) ?? new Set();
    this.#waiting.set(topic, wakes.add(wake));
    return () => {
      wakes.delete(wake);
      if (wakes.size > 0) return;
      this.#waiting.delete(topic);
      this.#shared.delete(topic);
    };
  }

  #hear(notice: Notice): void {
    // Intents and who left are for workers; what comes of it is told by events.
    if (notice.type === 'run') this.#wake(`run:${notice.runId}`);
    else if (notice.type === 'reconnected') this.#wakeAll();
    else if (notice.type === 'playground') this.#wake(`playground:${notice.playgroundId}`);
    else if (notice.type === 'activity' || notice.type === 'hardware') this.#wake(notice.type);
  }

  #wake(topic: string): void {
    this.#shared.get(topic)?.grown();
    for (const wake of this.#waiting.get(topic) ?? []) wake();
  }

  #wakeAll(): void {
    for (const topic of this.#waiting.keys()) this.#wake(topic);
  }
}

/** Subscribers that stand at the same place share one read; a notice starts the next one. */
class SharedReader<Item extends Sequenced> {
  readonly #read: ReadStream<Item>;
  #pages = new Map<number, Promise<Item[]>>();

  constructor(read: ReadStream<Item>) {
    this.#read = read;
  }

  /** Forgets what was read: there is more now. */
  grown(): void {
    this.#pages = new Map();
  }

  after(sequence: number): Promise<Item[]> {
    const known = this.#pages.get(sequence);
    if (known) return known;
    const page = this.#read(sequence, pageSize);
    const pages = this.#pages;
    pages.set(sequence, page);
    // A page is shared only while it is read: what an empty one says is soon no longer true.
    page.then(
      () => pages.delete(sequence),
      () => pages.delete(sequence),
    );
    return page;
  }
}

/** Rings are kept until somebody waits: one that comes between a read and the wait is not lost. */
class Bell {
  #rung = false;
  #wake: Wake | undefined;

  readonly ring = (): void => {
    this.#rung = true;
    this.#wake?.();
  };

  async wait(timeoutMs: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.#rung = false;
  }
}
