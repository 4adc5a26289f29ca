// The rate of a run follows its counter over the last seconds.
import { describe, expect, it } from 'vitest';
import { RunRate } from './run-rate.ts';

function feed(steps: readonly (readonly [atMs: number, done: number])[]): RunRate {
  let now = 0;
  const rate = new RunRate(() => now);
  for (const [at, done] of steps) {
    now = at;
    rate.mark(done);
  }
  return rate;
}

describe('RunRate', () => {
  it('is 0 until two moments are known', () => {
    expect(new RunRate().latest).toBe(0);
    expect(feed([[0, 5]]).latest).toBe(0);
  });

  it('is 0 while it knows a moment only, however much came in it', () => {
    expect(
      feed([
        [0, 600],
        [4, 632],
        [499, 640],
      ]).latest,
    ).toBe(0);
  });

  it('counts what came since the first mark', () => {
    expect(
      feed([
        [0, 100],
        [2_000, 120],
      ]).latest,
    ).toBe(10);
  });

  it('forgets what is longer ago than ten seconds', () => {
    const slowThenFast = Array.from(
      { length: 60 },
      (_, second) => [second * 1_000, second < 30 ? second : 30 + (second - 30) * 50] as const,
    );
    expect(feed(slowThenFast).latest).toBeCloseTo(50, 0);
  });

  it('is never below 0, whatever a retry does to the counter', () => {
    expect(
      feed([
        [0, 100],
        [2_000, 90],
      ]).latest,
    ).toBe(0);
  });
});
