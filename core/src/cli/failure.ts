// Exit codes, and how an error is told: one message for what is expected, a stack for what is not.
import { BancadaError } from '../errors.ts';

/** What the process tells its caller (contract.md §1); 130 after Ctrl-C, as shells expect. */
export const exitCode = { ok: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

const failures: ReadonlySet<string> = new Set([
  'ENGINE_CRASHED',
  'ENDPOINT_FAILED',
  'MODEL_LOAD_FAILED',
  'STORE_FAILED',
]);

/** Prints the error to stderr and gives the exit code that fits it. */
export function reportFailure(error: unknown): number {
  if (error instanceof BancadaError) {
    process.stderr.write(`error: ${error.message}\n`);
    return failures.has(error.code) ? exitCode.failed : exitCode.badInput;
  }
  process.stderr.write(
    `unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return exitCode.failed;
}
