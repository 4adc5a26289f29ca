// Keeps a process of the system running: its output goes to a log file, and when it dies it is started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { nodeFlags } from '../child.mjs';

/** What to run. */
export interface ServiceOptions {
  readonly name: string;
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** Begin it anew whenever a file that it imports changes. */
  readonly watch?: boolean;
  /** Folder of `<name>.log`. */
  readonly logDirectory: string;
  /** One line for each restart. */
  readonly log: (line: string) => void;
}

/** A process that is kept running. */
export interface Service {
  /** Asks the process to end and waits; after 7 s it is killed. */
  stop(): Promise<void>;
  /** Resolves with the exit code when the process ends by itself within its first moments: it cannot run here. */
  readonly hopeless: Promise<number>;
}

const endWithParent = pathToFileURL(path.join(import.meta.dirname, 'end-with-parent.ts')).href;
const soonMs = 5_000;
const pausesMs = [200, 500, 1_000, 2_000, 5_000];

/** Starts the process. */
export function keepRunning(options: ServiceOptions): Service {
  mkdirSync(options.logDirectory, { recursive: true });
  const logFile = path.join(options.logDirectory, `${options.name}.log`);
  let stopping = false;
  let child: ChildProcess | undefined;
  let earlyDeaths = 0;
  let giveUp: (code: number) => void = () => undefined;
  const hopeless = new Promise<number>((resolve) => {
    giveUp = resolve;
  });
  const run = async (): Promise<void> => {
    while (!stopping) {
      const startedAt = performance.now();
      child = launch(options, logFile);
      const code = await ended(child);
      if (stopping) return;
      earlyDeaths = performance.now() - startedAt < soonMs ? earlyDeaths + 1 : 0;
      if (earlyDeaths >= pausesMs.length) {
        options.log(`${options.name} ends again and again (exit code ${code}); its log: ${logFile}`);
        giveUp(code ?? 1);
        return;
      }
      options.log(`${options.name} ended (exit code ${code}), starting it again`);
      await sleep(pausesMs[earlyDeaths] ?? 0);
    }
  };
  const running = run();
  return {
    hopeless,
    async stop() {
      stopping = true;
      child?.kill('SIGTERM');
      const timer = setTimeout(() => child?.kill('SIGKILL'), 7_000);
      if (child) await ended(child);
      clearTimeout(timer);
      await Promise.race([running, sleep(100)]);
    },
  };
}

function launch({ file, env, watch = false }: ServiceOptions, logFile: string): ChildProcess {
  const watching = watch ? ['--watch', '--watch-preserve-output'] : [];
  const child = spawn(process.execPath, [...nodeFlags, ...watching, '--import', endWithParent, file], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C goes to the terminal's whole group: the system ends its processes in order instead.
    detached: true,
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once('close', () => log.end());
  return child;
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
