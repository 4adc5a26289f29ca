// Executes a plan: an event stream on the outside, every result in the store on the inside.
import type { RunEvent } from './event.ts';
import { EventChannel } from './event-channel.ts';
import type { Plan } from './plan.ts';
import type { ResultStore } from './result-store.ts';
import { RunExecution } from './run-execution.ts';
import type { RunOptions } from './run-options.ts';

/**
 * Runs the plan and tells of it as it goes; leaving the iteration stops the run as the signal does.
 * What cannot run (a model that does not load, an empty data set) fails its evaluations alone.
 * @throws BancadaError STORE_FAILED when results can no longer be kept, or another process is writing this run.
 */
export async function* run(
  plan: Plan,
  store: ResultStore,
  options: RunOptions = {},
): AsyncGenerator<RunEvent> {
  const left = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
  const channel = new EventChannel();
  const execution = new RunExecution(plan, store, { ...options, signal }, channel);
  const work = execution.execute().then(
    () => channel.end(),
    (thrown: unknown) => channel.end(thrown),
  );
  try {
    yield* channel;
  } finally {
    left.abort();
    await work;
  }
}
