// The engine's child process as its parent sees it: starting, messages, death.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BancadaError } from '../errors.ts';
import type { BackendDescription } from './backend.ts';
import type { EngineInput, EngineOutput, EngineSpec } from './protocol.ts';

/** What is heard from a living engine. */
export interface EngineListener {
  readonly message: (message: EngineOutput) => void;
  /** The process ended by itself. `how` says by which code or signal and what it last wrote. */
  readonly died: (how: string) => void;
}

/** How long a closing engine may take to free its weights, in milliseconds. */
const closeMs = 2000;
/** Characters of the engine's last words that are kept for error messages. */
const lastWords = 2000;

/** One child process with loaded weights. */
export class EngineProcess {
  readonly description: BackendDescription;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, description: BackendDescription) {
    this.#child = child;
    this.description = description;
    this.rest();
  }

  /** Operating system's process id. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Loads the weights in a new process under this Node. Throws the BancadaError of the backend, or ENGINE_CRASHED. */
  static start(spec: EngineSpec, listener: EngineListener): Promise<EngineProcess> {
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [], {
      serialization: 'advanced',
      execPath: process.execPath,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-lastWords);
    });
    return new Promise((resolve, reject) => {
      let ready = false;
      child.on('message', (message: EngineOutput) => {
        if (message.type === 'opened') {
          ready = true;
          resolve(new EngineProcess(child, message.description));
        } else if (message.type === 'failed' && message.call === undefined) {
          reject(new BancadaError(message.code, message.message));
          child.kill('SIGKILL');
        } else listener.message(message);
      });
      child.on('error', (cause) =>
        reject(new BancadaError('ENGINE_CRASHED', 'the engine process cannot be started', { cause })),
      );
      child.on('close', (code, signal) => {
        const how = `${signal ?? `exit code ${code}`}${said.trim() && `: ${said.trim().split('\n').slice(-3).join(' | ')}`}`;
        if (ready) listener.died(how);
        else
          reject(
            new BancadaError('ENGINE_CRASHED', `the engine process ended while loading the model (${how})`),
          );
      });
      child.send({ type: 'open', spec } satisfies EngineInput);
    });
  }

  /** Never throws: a message to a dead process is lost, and `died` tells. */
  send(message: EngineInput): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Lets the parent exit while the engine is idle. */
  rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** Keeps the parent alive while it waits for the engine. */
  wake(): void {
    this.#child.ref();
    this.#child.channel?.ref();
  }

  /** Asks the process to end, kills it when it does not. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.wake();
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), closeMs);
    this.send({ type: 'close' });
    await ended;
    clearTimeout(timer);
  }
}
