// Renders templates of strangers within bounds.
import { BoundedThread } from './bounded-thread.ts';

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
const thread = new BoundedThread<RenderJob, Rendered>(new URL('./template-thread.ts', import.meta.url), {
  longestMs: 2_000,
  memoryMb: 256,
});

/** The text, or why there is none. The first one after a pause waits for the thread to start. */
export async function renderTemplate(job: RenderJob): Promise<Rendered> {
  const rendered = await thread.ask(job);
  return rendered ?? { status: 'failed', message: 'rendering took too long or too much memory' };
}
