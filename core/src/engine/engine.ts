// Local weights in their own process: streams requests to it, restarts it after a crash.
import { BancadaError, toError } from '../errors.ts';
import type { FailedResult } from '../request/request.ts';
import type { Answer, BackendDescription, Question } from './backend.ts';
import { EngineCall } from './engine-call.ts';
import { EngineProcess } from './engine-process.ts';
import type { EngineInput, EngineOutput, EngineSpec, Operations } from './protocol.ts';

/** Options of one streaming call. */
export interface StreamOptions {
  /** How many requests may be in the engine at a time. */
  readonly window: number;
  readonly signal?: AbortSignal | undefined;
  /** Told generated text while it comes. */
  readonly onText?: ((id: string, piece: string) => void) | undefined;
}

/** A question that waits for its answer. */
interface OpenQuestion {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: BancadaError) => void;
  attempts: number;
}

/** Restarts without any result in between after which the engine is given up. */
const restartLimit = 3;

/** Loaded weights. A crash costs the requests that were in the model one more try each; the others do not notice. */
export class Engine {
  readonly #spec: EngineSpec;
  /** Undefined while it restarts. */
  #process: EngineProcess | undefined;
  #description: BackendDescription | undefined;
  readonly #calls = new Map<number, EngineCall>();
  readonly #questions = new Map<number, OpenQuestion>();
  #nextCall = 0;
  #closed = false;
  #restartsInVain = 0;
  #lost: BancadaError | undefined;

  private constructor(spec: EngineSpec) {
    this.#spec = spec;
  }

  /** Throws what the backend throws while loading, or BancadaError ENGINE_CRASHED. */
  static async open(spec: EngineSpec): Promise<Engine> {
    const engine = new Engine(spec);
    await engine.#start();
    return engine;
  }

  get description(): BackendDescription {
    if (this.#description === undefined)
      throw new BancadaError('ENGINE_CRASHED', 'the engine is not running');
    return this.#description;
  }

  /** Id of the child process; changes when the engine restarts. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** One result per request in any order. An aborted call ends at once; its unanswered requests are not yielded. */
  async *stream<Name extends keyof Operations>(
    operation: Name,
    source: AsyncIterable<Operations[Name]['request']>,
    options: StreamOptions,
  ): AsyncGenerator<Operations[Name]['result'] | FailedResult, void, undefined> {
    const call = this.#nextCall++;
    const open = new EngineCall(
      call,
      operation,
      options.window,
      (message) => this.#send(message),
      options.onText,
    );
    this.#calls.set(call, open);
    this.#busy();
    try {
      if (this.#lost) throw this.#lost;
      yield* open.run(source, options.signal) as AsyncGenerator<Operations[Name]['result'] | FailedResult>;
    } finally {
      this.#calls.delete(call);
      this.#busy();
    }
  }

  /** Throws the backend's BancadaError; ENGINE_CRASHED when the engine died twice over the question; ABORTED. */
  async ask(question: Question, signal?: AbortSignal): Promise<Answer> {
    if (this.#lost) throw this.#lost;
    const call = this.#nextCall++;
    const aborted = (): void => {
      this.#send({ type: 'abort', call });
      this.#questions.get(call)?.reject(new BancadaError('ABORTED', 'the question to the model was aborted'));
    };
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#questions.set(call, { question, resolve, reject, attempts: 1 });
        this.#busy();
        this.#send({ type: 'ask', call, question });
        signal?.addEventListener('abort', aborted, { once: true });
        if (signal?.aborted) aborted();
      });
    } finally {
      signal?.removeEventListener('abort', aborted);
      this.#questions.delete(call);
      this.#busy();
    }
  }

  /** Ends the process; running calls fail. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#giveUp(new BancadaError('ABORTED', 'the model was closed'));
    await this.#process?.close();
  }

  async #start(): Promise<void> {
    this.#process = await EngineProcess.start(this.#spec, {
      message: (message) => this.#receive(message),
      died: (how) => this.#restart(how).catch((thrown) => this.#giveUp(lost(thrown))),
    });
    this.#busy();
    this.#description = this.#process.description;
    if (this.#closed) await this.#process.close();
  }

  #receive(message: EngineOutput): void {
    if (message.type === 'opened' || message.call === undefined) return;
    if (message.type === 'results' || message.type === 'answered') this.#restartsInVain = 0;
    const question = this.#questions.get(message.call);
    if (message.type === 'answered') question?.resolve(message.answer);
    else if (message.type === 'failed' && question)
      question.reject(new BancadaError(message.code, message.message));
    else this.#calls.get(message.call)?.receive(message);
  }

  async #restart(how: string): Promise<void> {
    this.#process = undefined;
    if (this.#closed) return;
    this.#restartsInVain += 1;
    for (const call of this.#calls.values()) call.crashed(how);
    for (const question of this.#questions.values()) {
      question.attempts += 1;
      if (question.attempts > 2) question.reject(crash(how));
    }
    if (this.#restartsInVain > restartLimit) throw crash(how);
    await this.#start();
    for (const call of this.#calls.values()) call.resume();
    for (const [call, { question }] of this.#questions) this.#send({ type: 'ask', call, question });
  }

  #giveUp(error: BancadaError): void {
    this.#lost = error;
    for (const call of this.#calls.values()) call.fail(error);
    for (const question of this.#questions.values()) question.reject(error);
  }

  /** While the engine restarts, messages are lost; what they asked for is asked again. */
  #send(message: EngineInput): void {
    this.#process?.send(message);
  }

  #busy(): void {
    if (this.#calls.size + this.#questions.size > 0) this.#process?.wake();
    else this.#process?.rest();
  }
}

function crash(how: string): BancadaError {
  return new BancadaError('ENGINE_CRASHED', `the engine process ended again and again (${how})`, {
    hint: 'Less memory is needed with a smaller context_size or parallel',
  });
}

function lost(thrown: unknown): BancadaError {
  return thrown instanceof BancadaError
    ? thrown
    : new BancadaError('ENGINE_CRASHED', toError(thrown).message, { cause: thrown });
}
