// A suite's scores over its runs as a chart: one score of one model, its interval as a band, its gate as a line.
import type { ChartSpec } from '../../chart/chart-spec.ts';
import { scoreUnit, variantSuffix } from '../../run/headline.ts';

/** A score of a run, as the history needs it. */
export interface HistoryMetric {
  readonly name: string;
  readonly filter: string;
  readonly kind: string;
  readonly task: string;
  readonly model: string;
  readonly variant: string;
  readonly value: number;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
}

/** A finished run of the suite. */
export interface HistoryRun {
  readonly createdAt: string;
  readonly metrics: readonly HistoryMetric[];
  readonly gates: readonly { readonly gate: unknown }[];
}

/** Words that the chart needs, in the reader's language. */
export interface HistoryWords {
  readonly title: string;
  readonly summary: string;
  readonly when: string;
  readonly score: string;
  readonly gate: string;
}

/** Tells the scores of a suite apart, over all its runs. */
export function historyKey(metric: Omit<HistoryMetric, 'value' | 'ciLow' | 'ciHigh'>): string {
  const filter = metric.filter === '' || metric.filter === 'none' ? '' : ` (${metric.filter})`;
  return `${metric.model} · ${metric.task}${variantSuffix(metric.variant)} · ${metric.name}${filter}`;
}

/** The scores that any of the runs has, in the order of the newest. */
export function historyKeys(runs: readonly HistoryRun[]): string[] {
  const scores = runs.flatMap((run) =>
    run.metrics.filter(({ kind }) => kind === 'score' || kind === 'retrieval'),
  );
  return [...new Set(scores.map(historyKey))];
}

/** Oldest run first; runs without the score are left out. */
export function historyChart(runs: readonly HistoryRun[], key: string, words: HistoryWords): ChartSpec {
  const found = runs.flatMap((run) => {
    const metric = run.metrics.find((one) => historyKey(one) === key);
    return metric === undefined ? [] : [{ run, metric }];
  });
  const unit = found.every(({ metric }) => scoreUnit(metric) === 'ratio') ? 'ratio' : 'score';
  const [newest] = found;
  return {
    kind: 'band',
    title: words.title,
    summary: words.summary,
    x: { label: words.when, unit: 'time' },
    y: { label: words.score, unit, ...(unit === 'ratio' && { min: 0, max: 1 }) },
    series: [
      {
        name: key,
        points: found
          .map(({ run, metric }) => ({
            x: Date.parse(run.createdAt),
            y: metric.value,
            low: metric.ciLow,
            high: metric.ciHigh,
          }))
          .sort((a, b) => a.x - b.x),
      },
    ],
    levels: newest === undefined ? [] : bounds(newest.run, newest.metric, words.gate),
  };
}

/** The gates of a run that are about the score. */
function bounds(run: HistoryRun, metric: HistoryMetric, word: string): { at: number; label: string }[] {
  return run.gates.flatMap(({ gate }) => {
    const asked = gate as Partial<Record<'metric' | 'task' | 'model' | 'variant', string>> & {
      min?: number;
      max?: number;
    };
    const meant =
      asked.metric === metric.name &&
      (asked.task ?? metric.task) === metric.task &&
      (asked.model ?? metric.model) === metric.model &&
      (asked.variant ?? metric.variant) === metric.variant;
    if (!meant) return [];
    return [
      ...(asked.min === undefined ? [] : [{ at: asked.min, label: `${word} ≥ ${asked.min}` }]),
      ...(asked.max === undefined ? [] : [{ at: asked.max, label: `${word} ≤ ${asked.max}` }]),
    ];
  });
}
