// Statistics of the columns of a split, and the shape of their numbers.
import type { ColumnDescription, ColumnStatistics, NumberSummary } from '@bancada/core';
import { builder, reads } from '../builder.ts';

const ValueCount = builder.objectRef<{ value: string; count: number }>('ValueCount').implement({
  description: 'How often a value occurs.',
  authScopes: reads,
  fields: (t) => ({
    value: t.exposeString('value', { description: 'As text, shortened to 80 characters.' }),
    count: t.exposeInt('count', { description: 'Rows that have it.' }),
  }),
});

const HistogramBin = builder.objectRef<NumberSummary['histogram'][number]>('ColumnHistogramBin').implement({
  description: 'One bar of a histogram.',
  authScopes: reads,
  fields: (t) => ({
    from: t.exposeFloat('from', { description: 'Lower end, included.' }),
    to: t.exposeFloat('to', { description: 'Upper end; included in the last bin only.' }),
    share: t.exposeFloat('share', { description: 'Share of the rows that have a value, 0 to 1.' }),
  }),
});

const NumberSummaryObject = builder.objectRef<NumberSummary>('NumberSummary').implement({
  description: 'The shape of numbers: of the values themselves, of the lengths of texts or of lists.',
  authScopes: reads,
  fields: (t) => ({
    min: t.exposeFloat('min', { description: 'The least.' }),
    max: t.exposeFloat('max', { description: 'The greatest.' }),
    mean: t.exposeFloat('mean', { description: 'Arithmetic mean.' }),
    quantiles: t.floatList({
      description: 'At 5, 25, 50, 75 and 95 percent.',
      resolve: ({ quantiles }) => [...quantiles],
    }),
    histogram: t.field({
      type: [HistogramBin],
      description: 'Up to 20 bins of equal width.',
      resolve: ({ histogram }) => [...histogram],
    }),
    sampled: t.exposeBoolean('sampled', {
      description: 'Quantiles and histogram are of a random sample of 10,000 rows.',
    }),
  }),
});

const ColumnStatisticsObject = builder.objectRef<ColumnStatistics>('ColumnStatistics').implement({
  description: 'What a column holds.',
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Of the column.' }),
    kind: t.exposeString('kind', {
      description: '`number`, `text`, `boolean`, `list`, `object`, `mixed` or `empty`.',
    }),
    missing: t.exposeInt('missing', { description: 'Rows in which it is absent, null or an empty text.' }),
    distinct: t.exposeInt('distinct', { description: 'Distinct values, counted up to 1,000.' }),
    distinctCapped: t.exposeBoolean('distinctCapped', { description: 'Whether there are more.' }),
    numbers: t.field({
      type: NumberSummaryObject,
      nullable: true,
      description: 'Of numbers themselves, of texts in characters, of lists in entries; null for the rest.',
      resolve: ({ numbers }) => numbers ?? null,
    }),
    top: t.field({
      type: [ValueCount],
      description: 'The commonest values, at most 8; of the first 1,000 distinct ones when there are more.',
      resolve: ({ top }) => [...top],
    }),
  }),
});

/** Of one split. */
export const DatasetStatistics = builder.objectRef<ColumnDescription>('DatasetStatistics').implement({
  description: 'Statistics of the columns of a split.',
  authScopes: reads,
  fields: (t) => ({
    rows: t.exposeInt('rows', { description: 'Rows that were read: the first 200,000 at most.' }),
    columns: t.field({
      type: [ColumnStatisticsObject],
      description: 'In the order in which they occur.',
      resolve: ({ columns }) => [...columns],
    }),
  }),
});
