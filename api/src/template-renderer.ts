// Renders templates off the main thread, one after the other; what takes too long or too much memory loses its thread.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What the thread is asked. */
export interface RenderJob {
  readonly template: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What came of it. */
export type Rendered =
  | { readonly status: 'ok'; readonly text: string }
  | { readonly status: 'failed'; readonly message: string };

// The interpreter itself stops after a second; this is for what it cannot see.
const longestMs = 2_000;
const memoryMb = 256;
const idleMs = 30_000;

const file = new URL('./template-thread.ts', import.meta.url);

let thread: Promise<Worker> | undefined;
let turn: Promise<unknown> = Promise.resolve();
let idle: NodeJS.Timeout | undefined;

/** The text, or why there is none. The first one after a pause waits for the thread to start. */
export function renderTemplate(job: RenderJob): Promise<Rendered> {
  const rendered = turn.then(() => renderNow(job));
  turn = rendered.catch(() => undefined);
  return rendered;
}

async function renderNow(job: RenderJob): Promise<Rendered> {
  clearTimeout(idle);
  thread ??= start();
  const running = await thread;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), longestMs);
  try {
    running.postMessage(job);
    const [rendered] = await Promise.race([
      once(running, 'message', { signal: limit.signal }),
      once(running, 'exit', { signal: limit.signal }).then(() =>
        Promise.reject(new Error('the thread ended')),
      ),
    ]);
    return rendered as Rendered;
  } catch {
    thread = undefined;
    await running.terminate();
    return { status: 'failed', message: 'rendering took too long or too much memory' };
  } finally {
    clearTimeout(timer);
    limit.abort();
    idle = setTimeout(() => {
      const resting = thread;
      thread = undefined;
      resting?.then((one) => one.terminate()).catch(() => undefined);
    }, idleMs).unref();
  }
}

async function start(): Promise<Worker> {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
  worker.unref();
  await once(worker, 'message');
  return worker;
}
