// Keeps the last thing that was opened (weights in a child process) for the next who asks for the same.
import type { ResolvedModel } from '@bancada/core';

// Weights that nobody has asked for in this time give their memory back.
const idleMs = 60_000;

/** Something that costs to open. */
export interface Closable {
  close(): Promise<void>;
}

/** Holds at most one thing, and lends it to one borrower at a time. */
export class WarmSlot<Resource extends Closable> {
  readonly #open: (model: ResolvedModel) => Promise<Resource>;
  #kept: { readonly key: string; readonly resource: Resource } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(open: (model: ResolvedModel) => Promise<Resource>) {
    this.#open = open;
  }

  /** What is kept, when it is of this model; else it is closed and the model opened. @throws what opening throws. */
  async take(model: ResolvedModel): Promise<Resource> {
    clearTimeout(this.#timer);
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept?.key === keyOf(model)) return kept.resource;
    await kept?.resource.close();
    return this.#open(model);
  }

  /** Takes back what was lent, for the next one. */
  async keep(model: ResolvedModel, resource: Resource): Promise<void> {
    if (this.#closed) return resource.close();
    await this.#kept?.resource.close();
    this.#kept = { key: keyOf(model), resource };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#drop().catch(() => undefined);
    }, idleMs).unref();
  }

  /** Frees what is kept, and what will be given back. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#drop();
  }

  async #drop(): Promise<void> {
    clearTimeout(this.#timer);
    const kept = this.#kept;
    this.#kept = undefined;
    await kept?.resource.close();
  }
}

function keyOf({ name, provider, options, context }: ResolvedModel): string {
  return JSON.stringify([name, provider, options, context.baseDirectory]);
}
