// The plain-lines view of a run, as a log file or a pipe sees it.
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createProgressView } from './progress-view.ts';

it('writes a line at every tenth and no more', () => {
  const stream = new PassThrough();
  const view = createProgressView({ stream: stream as unknown as NodeJS.WriteStream, live: false });
  for (let done = 0; done <= 1000; done++) {
    const progress = { done, total: 1000, failed: 0, rate: 100, etaSeconds: (1000 - done) / 100 };
    view.show({ type: 'samples.scored', evaluationId: 'e', evaluationDone: done, progress });
  }
  view.stop();
  const lines = String(stream.read()).trim().split('\n');
  expect(lines).toHaveLength(11);
  expect(lines[5]).toBe('500/1000 samples, 100/s, ETA 5 s, failed 0');
});
