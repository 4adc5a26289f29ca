// What the charts of an evaluation draw: histogram, score so far, throughput.
import { builder, reads } from '../builder.ts';
import type { Histogram as HistogramData } from '../measurement-histogram.ts';
import type { ScorePoint as ScorePointData } from '../score-so-far.ts';
import type { ThroughputPoint as ThroughputData } from '../throughput.ts';

/** GraphQL type `Histogram`. */
export const Histogram = builder.objectRef<HistogramData>('Histogram').implement({
  description: 'How often a measurement fell between two edges, and its percentiles over all values.',
  authScopes: reads,
  fields: (t) => ({
    measurement: t.exposeString('measurement', { description: 'Its name as asked for.' }),
    unit: t.exposeString('unit', { description: '`ms` or `score`.' }),
    edges: t.floatList({ description: 'One more than counts.', resolve: ({ edges }) => [...edges] }),
    counts: t.intList({
      description: 'Samples between two neighbouring edges.',
      resolve: ({ counts }) => [...counts],
    }),
    p50: t.exposeFloat('p50', { description: 'Median; null when nothing was measured.', nullable: true }),
    p95: t.exposeFloat('p95', {
      description: '95th percentile; null when nothing was measured.',
      nullable: true,
    }),
    p99: t.exposeFloat('p99', {
      description: '99th percentile; null when nothing was measured.',
      nullable: true,
    }),
  }),
});

/** GraphQL type `ScorePoint`. */
export const ScorePoint = builder.objectRef<ScorePointData>('ScorePoint').implement({
  description: 'The mean over the first n samples, in the order they were asked.',
  authScopes: reads,
  fields: (t) => ({
    n: t.exposeInt('n', { description: 'Samples so far.' }),
    value: t.exposeFloat('value', { description: 'Their mean.' }),
    ciLow: t.exposeFloat('ciLow', {
      description: 'Lower end of the 95 % interval; null for one sample.',
      nullable: true,
    }),
    ciHigh: t.exposeFloat('ciHigh', {
      description: 'Upper end of the 95 % interval; null for one sample.',
      nullable: true,
    }),
  }),
});

/** GraphQL type `ThroughputPoint`. */
export const ThroughputPoint = builder.objectRef<ThroughputData>('ThroughputPoint').implement({
  description: 'Rates over one stretch of time.',
  authScopes: reads,
  fields: (t) => ({
    at: t.expose('at', { description: 'When the stretch begins.', type: 'DateTime' }),
    samplesPerSecond: t.exposeFloat('samplesPerSecond', { description: 'Samples ended per second.' }),
    tokensPerSecond: t.exposeFloat('tokensPerSecond', { description: 'Output tokens per second.' }),
  }),
});
