// The forest plot and the address of comparisons.
import { describe, expect, it } from 'vitest';
import { compareHref, runsInAddress, withBaseline } from './compare-address.ts';
import { forestChart } from './forest.ts';

const words = { title: 't', summary: 's', difference: 'd', score: 'r', points: 'pp' };
const row = {
  candidateRunId: 'b',
  task: 'arc',
  variant: 'closed-book',
  metric: 'acc',
  filter: 'none',
  unit: 'score',
  higherIsBetter: true,
  baselineModel: 'm',
  candidateModel: 'm',
  n: 10,
  difference: 0.02,
  ciLow: -0.01,
  ciHigh: 0.05,
  pAdjusted: 0.3,
};

describe('forestChart', () => {
  it('draws points of percent around a zero in the middle', () => {
    const chart = forestChart([row], [{ id: 'b', name: 'B' }], 'score', words);
    expect(chart?.series[0]?.points).toEqual([{ x: 'arc', y: 2, low: -1, high: 5 }]);
    expect(chart?.y).toMatchObject({ label: 'd (pp)', min: -5, max: 5 });
    expect(chart?.marks).toEqual([{ at: 0, label: '' }]);
  });

  it('leaves a gap where a candidate lacks the score', () => {
    const candidates = [
      { id: 'b', name: 'B' },
      { id: 'c', name: 'C' },
    ];
    expect(forestChart([row], candidates, 'score', words)?.series[1]?.points[0]?.y).toBeNull();
  });

  it('is not there without rows of the unit', () => {
    expect(forestChart([row], [{ id: 'b', name: 'B' }], 'loss', words)).toBeUndefined();
  });
});

describe('the address', () => {
  it('names two to six runs once each', () => {
    expect(runsInAddress(' a,b,,a')).toEqual(['a', 'b']);
    expect(runsInAddress('1,2,3,4,5,6,7')).toHaveLength(6);
    expect(compareHref(['a', 'b'])).toBe('/compare?runs=a,b');
  });

  it('changes the baseline', () => {
    expect(withBaseline(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b']);
  });
});
