// Rate and ETA follow what was done lately, not what an earlier run had done.
import { expect, it } from 'vitest';
import { ProgressMeter } from './progress.ts';

it('takes the rate over the last seconds and the rest from it', () => {
  let now = 0;
  const meter = new ProgressMeter(() => now);
  meter.plan(1000);
  meter.found(500, 2);
  expect(meter.get()).toEqual({ done: 500, total: 1000, failed: 2, rate: 0, etaSeconds: undefined });
  meter.start();
  for (let second = 1; second <= 20; second += 1) {
    now = second * 1000;
    meter.add(10, 0);
  }
  expect(meter.get()).toMatchObject({ done: 700, total: 1000, failed: 2, rate: 10, etaSeconds: 30 });
});

it('never shows more done than planned', () => {
  const meter = new ProgressMeter(() => 0);
  meter.add(3, 1);
  expect(meter.get()).toMatchObject({ done: 3, total: 3, failed: 1 });
});
