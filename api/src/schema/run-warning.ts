// Gate and RunWarning: what a run promised, and what makes its numbers doubtful.
import type { GateResult, RunWarning as WarningRecord } from '@bancada/core';
import { builder, reads } from '../builder.ts';

/** GraphQL type `Gate`. */
export const Gate = builder.objectRef<GateResult>('Gate').implement({
  authScopes: reads,
  fields: (t) => ({
    passed: t.exposeBoolean('passed'),
    message: t.exposeString('message'),
    value: t.exposeFloat('value', { nullable: true }),
    gate: t.expose('gate', { type: 'JSON', description: 'As the suite gives it.' }),
  }),
});

/** GraphQL type `RunWarning`. */
export const RunWarning = builder.objectRef<WarningRecord>('RunWarning').implement({
  authScopes: reads,
  fields: (t) => ({
    code: t.exposeString('code'),
    evaluationId: t.exposeID('evaluationId', { nullable: true }),
    message: t.exposeString('message'),
  }),
});
