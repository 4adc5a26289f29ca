// Reports are spaced, and the last change is always reported.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Throttle } from './throttle.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

it('reports at once, then at most once per interval, and the last change', () => {
  const reports: number[] = [];
  const throttle = new Throttle(250, () => reports.push(performance.now()));
  for (let ms = 0; ms < 1000; ms += 10) {
    throttle.change();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  const gaps = reports.slice(1).map((at, position) => at - (reports[position] ?? 0));
  expect(reports.length).toBe(5);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
});

it('flushes a change that waits, once', () => {
  let reports = 0;
  const throttle = new Throttle(250, () => {
    reports += 1;
  });
  throttle.change();
  throttle.change();
  throttle.flush();
  throttle.flush();
  vi.advanceTimersByTime(1000);
  expect(reports).toBe(2);
});
