// The plain-lines view of a run, as a log file or a pipe sees it.
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { RunRecord } from '../run/record.ts';
import { createProgressView } from './progress-view.ts';

const run: RunRecord = {
  id: 'r',
  name: 'r',
  fingerprint: '',
  status: 'cancelled',
  createdAt: '2026-11-23T00:00:00.000Z',
  snapshot: {},
};

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

it('writes the end of a run whose total was found out on the way', () => {
  const stream = new PassThrough();
  const view = createProgressView({ stream: stream as unknown as NodeJS.WriteStream, live: false });
  const progress = (done: number) => ({ done, total: done, failed: 0, rate: 100, etaSeconds: 0 });
  view.show({ type: 'samples.scored', evaluationId: 'e', evaluationDone: 40, progress: progress(40) });
  view.show({ type: 'samples.scored', evaluationId: 'f', evaluationDone: 40, progress: progress(80) });
  view.show({ type: 'run.cancelled', run, progress: progress(80) });
  expect(String(stream.read())).toContain('80/80 samples');
});
