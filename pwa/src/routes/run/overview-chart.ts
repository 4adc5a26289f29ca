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

/** The scores of a run; models are series and keep their colour, tasks (with metric and variant) are rows. */
export function scoresChart(metrics: readonly RunMetric[], text: Words, format: Format): ChartSpec {
  const models = [...new Set(metrics.map((metric) => metric.model))];
  const names = new Set(metrics.map((metric) => metric.name));
  const rowName = (metric: RunMetric) =>
    `${metric.task}${variantSuffix(metric.variant)}${names.size > 1 ? ` · ${metric.name}` : ''}`;
  const rows = [...new Set(metrics.map(rowName))];
  const unit = scoreUnit(metrics);
  const best = metrics.reduce<RunMetric | undefined>(
    (top, metric) => (top === undefined || metric.value > top.value ? metric : top),
    undefined,
  );
  return {
    kind: 'interval',
    title: names.size === 1 ? `${text('scores')}: ${[...names].join()}` : text('scores'),
    summary: text('scoresSummary', {
      n: metrics.length,
      best:
        best === undefined
          ? '–'
          : `${best.model}, ${rowName(best)} ${writeEstimate({ ...best, unit }, format)}`,
    }),
    x: { label: text('task'), unit: 'name' },
    y: { label: text('score'), unit, ...(unit === 'ratio' && { min: 0, max: 1 }) },
    series: models.map((name) => ({
      name,
      points: rows.map((row) => {
        const metric = metrics.find((one) => one.model === name && rowName(one) === row);
        return { x: row, y: metric?.value ?? null, low: metric?.ciLow ?? null, high: metric?.ciHigh ?? null };
      }),
    })),
  };
}

/** The score after each number of samples, in its shrinking interval. */
export function soFarChart(
  name: string,
  points: readonly TracePoint[],
  colour: number,
  text: Words,
  format: Format,
): ChartSpec {
  const unit = scoreUnit(points);
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
