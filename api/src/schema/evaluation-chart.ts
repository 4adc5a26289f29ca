// What the charts of an evaluation draw: histogram, score so far, throughput.
import { builder, reads } from '../builder.ts';
import type { Histogram as HistogramData } from '../measurement-histogram.ts';
import type { ScorePoint as ScorePointData } from '../score-so-far.ts';
import type { ThroughputPoint as ThroughputData } from '../throughput.ts';

/** GraphQL type `Histogram`. */
export const Histogram = builder.objectRef<HistogramData>('Histogram').implement({
  authScopes: reads,
  fields: (t) => ({
    measurement: t.exposeString('measurement'),
    unit: t.exposeString('unit', { description: '`ms` or `score`.' }),
    edges: t.floatList({ description: 'One more than counts.', resolve: ({ edges }) => [...edges] }),
    counts: t.intList({ resolve: ({ counts }) => [...counts] }),
    p50: t.exposeFloat('p50', { nullable: true }),
    p95: t.exposeFloat('p95', { nullable: true }),
    p99: t.exposeFloat('p99', { nullable: true }),
  }),
});

/** GraphQL type `ScorePoint`. */
export const ScorePoint = builder.objectRef<ScorePointData>('ScorePoint').implement({
  authScopes: reads,
  fields: (t) => ({
    n: t.exposeInt('n'),
    value: t.exposeFloat('value'),
    ciLow: t.exposeFloat('ciLow', { nullable: true }),
    ciHigh: t.exposeFloat('ciHigh', { nullable: true }),
  }),
});

/** GraphQL type `ThroughputPoint`. */
export const ThroughputPoint = builder.objectRef<ThroughputData>('ThroughputPoint').implement({
  authScopes: reads,
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    samplesPerSecond: t.exposeFloat('samplesPerSecond'),
    tokensPerSecond: t.exposeFloat('tokensPerSecond'),
  }),
});
