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
  authScopes: reads,
  fields: (t) => ({
    evaluationId: t.exposeID('evaluationId'),
    name: t.exposeString('metric'),
    filter: t.exposeString('filter'),
    kind: t.exposeString('kind', { description: '`score`, `retrieval`, `speed` or `failure`.' }),
    task: t.exposeString('task'),
    model: t.exposeString('model'),
    variant: t.exposeString('variant'),
    value: t.exposeFloat('value'),
    n: t.exposeInt('n', { description: 'Samples behind the value.' }),
    stderr: t.exposeFloat('stderr', { nullable: true }),
    ciLow: t.exposeFloat('ciLow', { nullable: true, description: 'Of the 95 % interval.' }),
    ciHigh: t.exposeFloat('ciHigh', { nullable: true }),
    method: t.exposeString('method', { description: 'How the interval was made.' }),
    higherIsBetter: t.exposeBoolean('higherIsBetter'),
    preliminary: t.exposeBoolean('preliminary', { description: 'The evaluation is still running.' }),
  }),
});
