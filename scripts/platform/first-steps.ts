// The work of a start that needs the whole code base, done by a process of its own: it ends, and its memory goes with it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { nodeFlags } from '../child.mjs';

/** Where the system keeps its data and how it is reached. */
export interface Surroundings {
  /** `BANCADA_HOME`, by default the repository's data. */
  readonly home: string;
  readonly host: string;
  readonly port: number;
}

/** What the process is asked, one after the other. */
export type Step =
  | { readonly step: 'read surroundings' }
  | { readonly step: 'prepare database'; readonly url: string }
  | { readonly step: 'wait for API'; readonly address: string }
  | { readonly step: 'show first run'; readonly url: string; readonly address: string };

/** Ends the start with the process's exit code; it has said why. */
export class StepFailed extends Error {
  readonly exitCode: number;

  /** `exitCode` is the process's own. */
  constructor(exitCode: number) {
    super('a step of the start failed');
    this.name = 'StepFailed';
    this.exitCode = exitCode;
  }
}

/** The process, from the first step to the last. */
export class FirstSteps {
  readonly #child: ChildProcess;

  /** Starts it; it writes to this terminal. */
  constructor() {
    this.#child = fork(path.join(import.meta.dirname, 'step-process.ts'), {
      execArgv: nodeFlags,
      // Ctrl-C goes to the terminal's whole group: the process is told by the closed channel instead.
      detached: true,
    });
  }

  /** Checks variables, home and port. @throws StepFailed when one is wrong. */
  async surroundings(): Promise<Surroundings> {
    return (await this.#ask({ step: 'read surroundings' })) as Surroundings;
  }

  /** Brings the tables to this version and registers what is bundled. @throws StepFailed when that fails. */
  async prepareDatabase(url: string): Promise<void> {
    await this.#ask({ step: 'prepare database', url });
  }

  /** Resolves when the API says that it can work. */
  async untilReady(address: string): Promise<void> {
    await this.#ask({ step: 'wait for API', address });
  }

  /** Shows the first run, or how the first user comes in, to the end. Failures are told, and no more. */
  async showFirstRun(url: string, address: string): Promise<void> {
    await this.#ask({ step: 'show first run', url, address }).catch(() => undefined);
  }

  /** Lets the process end what it is at, and waits for it. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    await ended;
  }

  #ask(step: Step): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new StepFailed(code ?? 1));
      if (!this.#child.connected) return ended(this.#child.exitCode);
      this.#child.once('exit', ended);
      this.#child.once('message', (answer) => {
        this.#child.off('exit', ended);
        resolve(answer);
      });
      this.#child.send(step);
    });
  }
}
