// The charts of the performance tab: distributions and throughput.
import type { ChartSpec } from '../../chart/chart-spec.ts';
import type { Format } from '../../i18n/format.ts';
import type { Text } from '../../i18n/text.ts';
import type { performanceTexts } from './performance-text.ts';

type Words = Text<keyof (typeof performanceTexts)['en']>;

/** A distribution as the server counts it. */
export interface CountedHistogram {
  readonly measurement: string;
  readonly unit: string;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Counts over the middles of the bins, with the percentiles as lines. */
export function histogramChart(
  histogram: CountedHistogram,
  colour: number,
  text: Words,
  format: Format,
): ChartSpec {
  const { edges, counts, unit } = histogram;
  const name = measurementName(histogram.measurement, text);
  const write = (value: number | null) => format.quantity(value, unit);
  const marks = [
    ['p50', histogram.p50],
    ['p95', histogram.p95],
  ] as const;
  return {
    kind: 'histogram',
    title: name,
    summary: text('distribution', {
      p50: write(histogram.p50),
      p95: write(histogram.p95),
      p99: write(histogram.p99),
    }),
    x: { label: name, unit, ...(edges.length > 0 && { min: edges[0], max: edges.at(-1) }) },
    y: { label: text('count'), unit: '', min: 0 },
    series: [
      {
        name,
        colour,
        points: counts.map((count, index) => ({
          x: ((edges[index] ?? 0) + (edges[index + 1] ?? edges[index] ?? 0)) / 2,
          y: count,
        })),
      },
    ],
    marks: marks.flatMap(([label, at]) => (at === null ? [] : [{ label, at }])),
    height: 240,
  };
}

/** Samples and tokens per second over time. */
export function throughputChart(
  points: readonly { at: string; samplesPerSecond: number; tokensPerSecond: number }[],
  text: Words,
  format: Format,
): ChartSpec {
  const most = (values: readonly number[]) => format.number(Math.max(0, ...values), 1);
  return {
    kind: 'line',
    title: text('throughput'),
    summary: text('peak', {
      tokens: most(points.map((point) => point.tokensPerSecond)),
      samples: most(points.map((point) => point.samplesPerSecond)),
    }),
    x: { label: text('time'), unit: 'time' },
    y: { label: text('rate'), unit: '', min: 0 },
    series: [
      {
        name: text('tokensPerSecond'),
        points: points.map((point) => ({ x: Date.parse(point.at), y: point.tokensPerSecond })),
      },
      {
        name: text('samplesPerSecond'),
        points: points.map((point) => ({ x: Date.parse(point.at), y: point.samplesPerSecond })),
      },
    ],
  };
}

/** The unit that a metric's name ends in: `ttft_p95_ms` is milliseconds. */
export function metricUnit(name: string): string {
  if (name.endsWith('_ms')) return 'ms';
  if (name.endsWith('_s') || name.endsWith('_seconds')) return 's';
  if (name.endsWith('_bytes')) return 'bytes';
  return '';
}

function measurementName(measurement: string, text: Words): string {
  switch (measurement) {
    case 'ttft':
      return text('ttft');
    case 'e2e':
      return text('e2e');
    case 'interToken':
      return text('interToken');
    default:
      return text('score');
  }
}
