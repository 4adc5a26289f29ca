// The charts of the overview: scores with intervals, and the score so far.
import type { ChartSpec } from '../../chart/chart-spec.ts';
import { writeEstimate } from '../../component/estimate.tsx';
import type { Format } from '../../i18n/format.ts';
import type { Text } from '../../i18n/text.ts';
import { scoreUnit, variantSuffix } from '../../run/headline.ts';
import type { RunMetric } from '../../run/run-query.ts';
import type { TracePoint } from '../../run/run-state.ts';
import type { runTexts } from './run-text.ts';

type Words = Text<keyof (typeof runTexts)['en']>;

/** Scores of one unit; `models` are all of the run, so that each keeps its colour. Tasks (with variants) are rows. */
export function scoresChart(
  metrics: readonly RunMetric[],
  models: readonly string[],
  text: Words,
): ChartSpec {
  const names = new Set(metrics.map((metric) => metric.name));
  const cell = (metric: RunMetric) => `${metric.task}${variantSuffix(metric.variant)}`;
  const rowName = (metric: RunMetric) =>
    metrics.some((other) => cell(other) === cell(metric) && other.name !== metric.name)
      ? `${cell(metric)} · ${metric.name}`
      : cell(metric);
  const rows = [...new Set(metrics.map(rowName))];
  const ratio = metrics.every((metric) => scoreUnit(metric) === 'ratio');
  return {
    kind: 'interval',
    title: `${text('scores')}: ${[...names].join(', ')}`,
    summary: text('scoresSummary', { n: metrics.length }),
    x: { label: text('task'), unit: 'name' },
    y: { label: text('score'), unit: ratio ? 'ratio' : 'score', ...(ratio && { min: 0, max: 1 }) },
    series: models.flatMap((name, colour) => {
      if (!metrics.some((metric) => metric.model === name)) return [];
      const points = rows.map((row) => {
        const metric = metrics.find((one) => one.model === name && rowName(one) === row);
        return { x: row, y: metric?.value ?? null, low: metric?.ciLow ?? null, high: metric?.ciHigh ?? null };
      });
      return [{ name, colour, points }];
    }),
  };
}

/** The score after each number of samples, in its shrinking interval. */
export function soFarChart(
  name: string,
  unit: 'ratio' | 'score',
  points: readonly TracePoint[],
  colour: number,
  text: Words,
  format: Format,
): ChartSpec {
  const last = points.at(-1);
  return {
    kind: 'band',
    title: `${text('soFar')}: ${name}`,
    summary:
      last === undefined
        ? ''
        : text('soFarSummary', { value: writeEstimate({ ...last, unit }, format), n: last.n }),
    x: { label: text('samplesDone'), unit: '' },
    y: { label: text('score'), unit, ...(unit === 'ratio' && { min: 0, max: 1 }) },
    series: [
      {
        name,
        colour,
        points: points.map((point) => ({ x: point.n, y: point.value, low: point.ciLow, high: point.ciHigh })),
      },
    ],
  };
}

/** The points of the server, and after them those that came while watching. */
export function joinTraces(known: readonly TracePoint[], live: readonly TracePoint[]): TracePoint[] {
  const last = known.at(-1)?.n ?? 0;
  return [...known, ...live.filter((point) => point.n > last)];
}
