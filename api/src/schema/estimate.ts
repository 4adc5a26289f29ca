// estimateRun: what a run will cost, before it is started.
import { builder, reads } from '../builder.ts';
import { type RunEstimate as Estimate, estimateRun } from '../run-estimate.ts';
import { NotFoundError, ValidationError } from './error.ts';
import { checkRun, RunInput } from './run-input.ts';

const RunEstimate = builder.objectRef<Estimate>('RunEstimate').implement({
  authScopes: reads,
  description: 'What a run will cost, from the plan and from speeds of earlier runs of the same models.',
  fields: (t) => ({
    evaluations: t.exposeInt('evaluations'),
    samples: t.exposeInt('samples'),
    requests: t.exposeInt('requests'),
    promptTokens: t.exposeFloat('promptTokens', { nullable: true }),
    outputTokens: t.exposeFloat('outputTokens', { nullable: true }),
    seconds: t.exposeFloat('seconds', {
      nullable: true,
      description: 'Null while a model of the suite has never run.',
    }),
    models: t.stringList({ resolve: ({ models }) => [...models] }),
    tasks: t.stringList({ resolve: ({ tasks }) => [...tasks] }),
    detectableDifference: t.exposeFloat('detectableDifference', {
      nullable: true,
      description:
        'Smallest true difference of two models that this many paired items find with a chance of 0.8, for a score of 0/1 near 0.5.',
    }),
    warnings: t.stringList({ resolve: ({ warnings }) => [...warnings] }),
  }),
});

const EstimateRunSuccess = builder.objectRef<{ data: Estimate }>('QueryEstimateRunSuccess').implement({
  authScopes: reads,
  fields: (t) => ({ data: t.field({ type: RunEstimate, resolve: ({ data }) => data }) }),
});

const EstimateRunResult = builder.errorUnion('EstimateRunResult', {
  types: [EstimateRunSuccess, ValidationError, NotFoundError],
  resolveType: () => 'QueryEstimateRunSuccess',
});

builder.queryField('estimateRun', (t) =>
  t.field({
    type: EstimateRunResult,
    authScopes: reads,
    args: { input: t.arg({ type: RunInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { plan } = await checkRun(context, input);
      return { data: await estimateRun(context.pool, plan) } as never;
    },
  }),
);
