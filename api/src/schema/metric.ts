// Metric: an aggregate of one evaluation with its interval.
import type { MetricValue } from '@bancada/prisma';
import { builder, reads } from '../builder.ts';

/** A metric and the cell that it belongs to. */
export interface CellMetric extends MetricValue {
  readonly task: string;
  readonly model: string;
  readonly variant: string;
}

const kinds = ['score', 'retrieval', 'speed', 'failure'];

/** Scores first, then retrieval, speed and failures; by name within each. */
export function metricsOf(evaluation: {
  readonly task: string;
  readonly model: string;
  readonly variant: string;
  readonly metrics: readonly MetricValue[];
}): CellMetric[] {
  const { task, model, variant } = evaluation;
  return evaluation.metrics
    .map((metric) => ({ ...metric, task, model, variant }))
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.metric < b.metric ? -1 : 1));
}

/** GraphQL type `Metric`. */
export const Metric = builder.objectRef<CellMetric>('Metric').implement({
  description: 'An aggregate of one evaluation, with its interval.',
  authScopes: reads,
  fields: (t) => ({
    evaluationId: t.exposeID('evaluationId', { description: 'The evaluation it sums up.' }),
    name: t.exposeString('metric', { description: "The metric's name." }),
    filter: t.exposeString('filter', {
      description: 'Which filter of the task read the answers; `none` when it has none.',
    }),
    kind: t.exposeString('kind', { description: '`score`, `retrieval`, `speed` or `failure`.' }),
    task: t.exposeString('task', { description: "The task's name." }),
    model: t.exposeString('model', { description: "The model's name." }),
    variant: t.exposeString('variant', { description: '`closed-book` or the name of a RAG variant.' }),
    value: t.exposeFloat('value', {
      description: 'The aggregate; times are in milliseconds where the name ends in `_ms`.',
    }),
    n: t.exposeInt('n', { description: 'Samples behind the value.' }),
    stderr: t.exposeFloat('stderr', {
      description: 'Standard error; null where there is none.',
      nullable: true,
    }),
    ciLow: t.exposeFloat('ciLow', { nullable: true, description: 'Of the 95 % interval.' }),
    ciHigh: t.exposeFloat('ciHigh', {
      description: 'Upper end of the 95 % interval; null where there is none.',
      nullable: true,
    }),
    method: t.exposeString('method', { description: 'How the interval was made.' }),
    higherIsBetter: t.exposeBoolean('higherIsBetter', { description: 'Whether more is better.' }),
    preliminary: t.exposeBoolean('preliminary', { description: 'The evaluation is still running.' }),
  }),
});
