// A suite's history: oldest first, only the chosen score, and the gates that are about it.
import { expect, test } from 'vitest';
import { type HistoryMetric, historyChart, historyKey, historyKeys } from './history-chart.ts';

const metric: HistoryMetric = {
  name: 'exact_match',
  filter: 'none',
  kind: 'score',
  task: 'tiny-facts',
  model: 'bancada-tiny',
  variant: 'dense',
  value: 0.8,
  ciLow: 0.7,
  ciHigh: 0.9,
};
const gates = [
  { gate: { metric: 'exact_match', task: 'tiny-facts', variant: 'dense', min: 0.75 } },
  { gate: { metric: 'exact_match', task: 'tiny-facts', variant: 'closed-book', max: 0.03 } },
  { gate: { metric: 'hit_rate', min: 0.9 } },
];
const runs = [
  { createdAt: '2026-02-02T00:00:00Z', gates, metrics: [metric, { ...metric, variant: 'closed-book' }] },
  { createdAt: '2026-02-01T00:00:00Z', gates: [], metrics: [{ ...metric, value: 0.6 }] },
  { createdAt: '2026-01-01T00:00:00Z', gates: [], metrics: [] },
];
const words = { title: '', summary: '', when: '', score: '', gate: 'gate' };

test('the line goes from the oldest run to the newest, in its interval', () => {
  const { series, y } = historyChart(runs, historyKey(metric), words);
  expect(series[0]?.points).toEqual([
    { x: Date.parse('2026-02-01T00:00:00Z'), y: 0.6, low: 0.7, high: 0.9 },
    { x: Date.parse('2026-02-02T00:00:00Z'), y: 0.8, low: 0.7, high: 0.9 },
  ]);
  expect(y.unit).toBe('ratio');
});

test('only the gate of this score is a line across', () => {
  expect(historyChart(runs, historyKey(metric), words).levels).toEqual([{ at: 0.75, label: 'gate ≥ 0.75' }]);
});

test('every score is offered once; speeds are not', () => {
  const speed = { ...metric, kind: 'speed', name: 'e2e_p50_ms' };
  expect(historyKeys([...runs, { createdAt: '', gates: [], metrics: [speed] }])).toHaveLength(2);
});
