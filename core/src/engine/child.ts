// The program of the engine process: loads weights, answers calls one after the other, dies with its parent.
import { BancadaError, toError } from '../errors.ts';
import type { FailedResult, GenerateResult, LoglikelihoodResult } from '../request/request.ts';
import type { Backend, BackendCall, Entered } from './backend.ts';
import { Intake } from './intake.ts';
import type { EngineInput, EngineOutput, EngineSpec } from './protocol.ts';

/** Scores that come within this time travel together; a finished generation is told at once, as its sequence waits for the next request. */
const scoreFlushMs = 4;

/** What a call has received so far. */
interface OpenCall {
  readonly intake: Intake<Entered<never>>;
  readonly abort: AbortController;
}

const calls = new Map<number, OpenCall>();
let backend: Backend | undefined;
/** Calls run one after the other. */
let turn: Promise<void> = Promise.resolve();

process.on('message', receive);
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when the engine ends.
process.on('SIGINT', () => undefined);

function receive(message: EngineInput): void {
  switch (message.type) {
    case 'open':
      turn = open(message.spec);
      return;
    case 'begin':
      begin(message);
      return;
    case 'requests':
      calls.get(message.call)?.intake.push(message.requests as readonly Entered<never>[]);
      return;
    case 'end':
      calls.get(message.call)?.intake.end();
      return;
    case 'abort':
      calls.get(message.call)?.abort.abort();
      calls.get(message.call)?.intake.clear();
      return;
    case 'ask': {
      const { call, question } = message;
      const { abort } = register(call);
      enqueue(call, async (loaded) =>
        send({ type: 'answered', call, answer: await loaded.ask(question, abort.signal) }),
      );
      return;
    }
    case 'close':
      turn = turn.then(() => backend?.close()).finally(() => process.exit(0));
  }
}

async function open(spec: EngineSpec): Promise<void> {
  try {
    backend = await load(spec);
    send({ type: 'opened', description: backend.description });
  } catch (thrown) {
    fail(undefined, thrown);
  }
}

/** Each library is loaded only when it is wanted. */
async function load(spec: EngineSpec): Promise<Backend> {
  if (spec.backend === 'llama-cpp')
    return (await import('./llama-backend.ts')).openLlamaBackend(spec.options);
  return (await import('./transformers-backend.ts')).openTransformersBackend(spec.options);
}

function begin({ call, operation, tellsText }: Extract<EngineInput, { readonly type: 'begin' }>): void {
  const { intake, abort } = register(call);
  enqueue(call, async (loaded) => {
    const results = new ResultBatch(call, operation === 'generate' ? 0 : scoreFlushMs);
    const side: BackendCall<GenerateResult | LoglikelihoodResult> = {
      signal: abort.signal,
      started: (ids) => send({ type: 'started', call, ids }),
      emit: (result) => results.add(result),
      wrote: tellsText ? (id, piece) => send({ type: 'wrote', call, id, piece }) : undefined,
    };
    await loaded[operation](intake, side);
    results.flush();
    send({ type: 'finished', call });
  });
}

function register(call: number): OpenCall {
  const open: OpenCall = { intake: new Intake(), abort: new AbortController() };
  calls.set(call, open);
  return open;
}

function enqueue(call: number, work: (loaded: Backend) => Promise<void>): void {
  turn = turn.then(async () => {
    try {
      if (backend === undefined) throw new BancadaError('MODEL_LOAD_FAILED', 'no model is loaded');
      await work(backend);
    } catch (thrown) {
      fail(call, thrown);
    } finally {
      calls.delete(call);
    }
  });
}

/** Collects results so that one message carries many. */
class ResultBatch {
  readonly #call: number;
  readonly #delayMs: number;
  #results: (GenerateResult | LoglikelihoodResult | FailedResult)[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(call: number, delayMs: number) {
    this.#call = call;
    this.#delayMs = delayMs;
  }

  add(result: GenerateResult | LoglikelihoodResult | FailedResult): void {
    this.#results.push(result);
    if (this.#delayMs === 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#delayMs);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#results.length > 0) send({ type: 'results', call: this.#call, results: this.#results });
    this.#results = [];
  }
}

function fail(call: number | undefined, thrown: unknown): void {
  const error = toError(thrown);
  const code =
    error instanceof BancadaError ? error.code : call === undefined ? 'MODEL_LOAD_FAILED' : 'ENGINE_CRASHED';
  send({ type: 'failed', call, code, message: error.message });
}

function send(message: EngineOutput): void {
  process.send?.(message);
}
