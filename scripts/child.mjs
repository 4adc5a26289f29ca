// Runs one child process to its end: signals are handed on to it, its exit code is handed back.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * What every Node of the project is started with. Not the parent's `process.execArgv`: under `node --eval` that
 * holds the program itself, and the child would be the parent again.
 */
export const nodeFlags = ['--disable-warning=ExperimentalWarning'];

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command and gives its exit code, 128 + n when signal n ended it.
 *
 * A Ctrl-C reaches this process twice (the terminal's process group, then npm, which hands it on), so repeats
 * within a second are one. The child may still see it twice: from the terminal and from here.
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const lastSent = new Map();
    const forward = (signal) => {
      const now = performance.now();
      if (now - (lastSent.get(signal) ?? Number.NEGATIVE_INFINITY) < 1000) return;
      lastSent.set(signal, now);
      child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, forward);
    const watch = watchParent(() => forward('SIGTERM'));
    const done = () => {
      clearInterval(watch);
      for (const signal of forwarded) process.off(signal, forward);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code, signal) => {
      done();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** The same for a file and its arguments on this Node. */
export function runNode(args, options) {
  return runChild(process.execPath, [...nodeFlags, ...args], options);
}

/** When npm is killed outright, nobody is left to hand signals on: the child is then asked to end. */
function watchParent(orphaned) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) orphaned();
  }, 500).unref();
}
