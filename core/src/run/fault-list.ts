// The faults of a suite, gathered so that a user sees all of them at once, each with its place in the file.
import { BancadaError, BancadaErrors, toError } from '../errors.ts';
import { keyPath, locate } from '../yaml.ts';

/** Gathers faults instead of stopping at the first. */
export class FaultList {
  readonly #faults: BancadaError[] = [];
  readonly #source: { readonly file: string; readonly text: string };

  constructor(source: { readonly file: string; readonly text: string }) {
    this.#source = source;
  }

  /** The work's result, or undefined when it threw: the fault is then kept under the keys of the suite that led to it. */
  async collect<Result>(
    keys: readonly PropertyKey[],
    work: () => Promise<Result> | Result,
  ): Promise<Result | undefined> {
    try {
      return await work();
    } catch (thrown) {
      this.add(keys, thrown);
      return undefined;
    }
  }

  /** Keeps a fault; one that already names a file keeps its own place. */
  add(keys: readonly PropertyKey[], thrown: unknown): void {
    if (thrown instanceof BancadaErrors) {
      for (const issue of thrown.issues) this.add(keys, issue);
      return;
    }
    const error = thrown instanceof BancadaError ? thrown : undefined;
    if (error?.detail.file !== undefined) {
      this.#keep(error);
      return;
    }
    const { file, text } = this.#source;
    const place = { file, line: locate(text, keys), key: keyPath(keys), cause: thrown };
    this.#keep(new BancadaError(error?.code ?? 'INVALID_INPUT', toError(thrown).message, place));
  }

  /** @throws the fault, or BancadaErrors when there are several. */
  throwIfAny(): void {
    if (this.#faults.length > 1) throw new BancadaErrors(this.#faults);
    if (this.#faults[0]) throw this.#faults[0];
  }

  // A task that is loaded once for each value of an axis has the same fault each time.
  #keep(fault: BancadaError): void {
    if (!this.#faults.some(({ message }) => message === fault.message)) this.#faults.push(fault);
  }
}
