// Gate and RunWarning: what a run promised, and what makes its numbers doubtful.
import type { GateResult, RunWarning as WarningRecord } from '@bancada/core';
import { builder, reads } from '../builder.ts';

/** GraphQL type `Gate`. */
export const Gate = builder.objectRef<GateResult>('Gate').implement({
  description: 'A bound that the suite sets to a metric, checked at the end.',
  authScopes: reads,
  fields: (t) => ({
    passed: t.exposeBoolean('passed', { description: 'Whether the metric keeps it.' }),
    message: t.exposeString('message', { description: 'The bound and the value, for a person to read.' }),
    value: t.exposeFloat('value', {
      description: 'What was measured; null when nothing was.',
      nullable: true,
    }),
    gate: t.expose('gate', { type: 'JSON', description: 'As the suite gives it.' }),
  }),
});

/** GraphQL type `RunWarning`. */
export const RunWarning = builder.objectRef<WarningRecord>('RunWarning').implement({
  description: "What makes a run's numbers doubtful.",
  authScopes: reads,
  fields: (t) => ({
    code: t.exposeString('code', { description: 'One word, e.g. `CHANCE_LEVEL`.' }),
    evaluationId: t.exposeID('evaluationId', {
      description: 'The evaluation it is about; null for the whole run.',
      nullable: true,
    }),
    message: t.exposeString('message', { description: 'What is doubtful, for a person to read.' }),
  }),
});
