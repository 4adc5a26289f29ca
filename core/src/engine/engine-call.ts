// One streaming call to the engine: bounded look-ahead, results as they come, what to repeat after a crash.
import { BancadaError, toError } from '../errors.ts';
import type {
  FailedResult,
  GenerateRequest,
  GenerateResult,
  LoglikelihoodResult,
  ScoringRequest,
} from '../request/request.ts';
import { type Entered, monotonicNow } from './backend.ts';
import type { EngineInput, EngineOutput, Operations } from './protocol.ts';

type Request = GenerateRequest | ScoringRequest;
type Result = GenerateResult | LoglikelihoodResult | FailedResult;

/** A request that has no result yet. */
interface Pending {
  readonly entered: Entered<Request>;
  /** The engine has begun with it. */
  started: boolean;
  attempts: number;
}

/** A request is tried once more after a crash, alone, so that it takes no other with it. */
const attemptLimit = 2;

/** The parent's side of a call. */
export class EngineCall {
  readonly #call: number;
  readonly #operation: keyof Operations;
  readonly #window: number;
  readonly #send: (message: EngineInput) => void;
  readonly #onText: ((id: string, piece: string) => void) | undefined;
  readonly #pending = new Map<string, Pending>();
  /** Requests that go to the engine with the next message. */
  #outbox: Pending[] = [];
  /** Requests that were in the model when it crashed; they go one by one. */
  #suspects: Pending[] = [];
  #alone = false;
  #flushing = false;
  #exhausted = false;
  #results: Result[] = [];
  #error: BancadaError | undefined;
  #stopped = false;
  #wake: () => void = () => undefined;
  #wakeSource: () => void = () => undefined;

  constructor(
    call: number,
    operation: keyof Operations,
    window: number,
    send: (message: EngineInput) => void,
    onText?: (id: string, piece: string) => void,
  ) {
    this.#onText = onText;
    this.#call = call;
    this.#operation = operation;
    this.#window = window;
    this.#send = send;
  }

  /** Pulls requests while there is room and yields results until every request has one. */
  async *run(
    source: AsyncIterable<Request>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Result, void, undefined> {
    const stop = (): void => {
      this.#stopped = true;
      this.#wake();
      this.#wakeSource();
    };
    if (signal?.aborted) return;
    signal?.addEventListener('abort', stop, { once: true });
    this.#begin();
    const pulling = this.#pull(source).catch((thrown) => {
      this.#error ??=
        thrown instanceof BancadaError
          ? thrown
          : new BancadaError('INVALID_INPUT', toError(thrown).message, { cause: thrown });
      this.#wake();
    });
    try {
      while (!this.#stopped) {
        const results = this.#results;
        this.#results = [];
        for (const result of results) {
          if (this.#stopped) return;
          yield result;
        }
        if (this.#error) throw this.#error;
        if (this.#exhausted && this.#pending.size === 0 && this.#results.length === 0) return;
        this.#wakeSource();
        if (this.#results.length === 0 && !this.#stopped) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      const finished = this.#exhausted && this.#pending.size === 0;
      stop();
      this.#send({ type: finished ? 'end' : 'abort', call: this.#call });
      if (finished) await pulling;
    }
  }

  /** A message of the engine for this call. */
  receive(message: EngineOutput): void {
    if (message.type === 'started') {
      for (const id of message.ids) {
        const pending = this.#pending.get(id);
        if (pending) pending.started = true;
      }
    } else if (message.type === 'wrote') {
      if (!this.#stopped) this.#onText?.(message.id, message.piece);
    } else if (message.type === 'results') {
      for (const result of message.results) this.#settle(result);
      this.#wake();
    } else if (message.type === 'failed') this.fail(new BancadaError(message.code, message.message));
  }

  /** The engine died: what was in the model is suspect, what had its second try has failed. */
  crashed(how: string): void {
    for (const pending of this.#pending.values()) {
      if (!pending.started) continue;
      pending.started = false;
      if (pending.attempts >= attemptLimit) {
        const message = `the engine process ended while it worked on this request (${how})`;
        const { id } = pending.entered.request;
        this.#settle({ id, status: 'failed', reason: 'engine_crashed', message, attempts: pending.attempts });
      } else pending.attempts += 1;
    }
    this.#wake();
  }

  /** A new engine stands ready: everything without a result is sent again, suspects first and one by one. */
  resume(): void {
    this.#begin();
    const unanswered = [...this.#pending.values()];
    this.#suspects = unanswered.filter((pending) => pending.attempts > 1);
    this.#outbox = unanswered.filter((pending) => pending.attempts === 1);
    this.#alone = false;
    this.#flush();
  }

  /** Ends the call with an error. */
  fail(error: BancadaError): void {
    this.#error ??= error;
    this.#wake();
  }

  #begin(): void {
    const tellsText = this.#onText !== undefined;
    this.#send({ type: 'begin', call: this.#call, operation: this.#operation, tellsText });
  }

  async #pull(source: AsyncIterable<Request>): Promise<void> {
    for await (const request of source) {
      if (this.#stopped) return;
      const pending: Pending = {
        entered: { request, enteredMs: monotonicNow() },
        started: false,
        attempts: 1,
      };
      this.#pending.set(request.id, pending);
      this.#outbox.push(pending);
      this.#flushSoon();
      while (!this.#stopped && this.#pending.size + this.#results.length >= this.#window) {
        await new Promise<void>((resolve) => {
          this.#wakeSource = resolve;
        });
      }
      if (this.#stopped) return;
    }
    this.#exhausted = true;
    this.#wake();
  }

  #settle(result: Result): void {
    const pending = this.#pending.get(result.id);
    if (pending === undefined) return;
    this.#pending.delete(result.id);
    this.#results.push(pending.attempts > 1 ? { ...result, attempts: pending.attempts } : result);
    if (this.#alone) {
      this.#alone = false;
      this.#flush();
    }
    this.#wakeSource();
  }

  /** Requests that come in the same turn of the event loop travel together. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#stopped || this.#alone) return;
    const suspect = this.#suspects.shift();
    this.#alone = suspect !== undefined;
    const batch = suspect ? [suspect] : this.#outbox.splice(0);
    const requests = batch
      .filter(({ entered }) => this.#pending.has(entered.request.id))
      .map(({ entered }) => entered);
    if (requests.length > 0) this.#send({ type: 'requests', call: this.#call, requests });
  }
}
