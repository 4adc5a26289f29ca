// estimateRun: what a run will cost, before it is started.
import { builder, reads } from '../builder.ts';
import { type RunEstimate as Estimate, estimateRun } from '../run-estimate.ts';
import { CapabilityError, NotFoundError, ValidationError } from './error.ts';
import { checkRun, RunInput } from './run-input.ts';

const RunEstimate = builder.objectRef<Estimate>('RunEstimate').implement({
  authScopes: reads,
  description: 'What a run will cost, from the plan and from speeds of earlier runs of the same models.',
  fields: (t) => ({
    evaluations: t.exposeInt('evaluations', { description: 'Cells of the plan: task x model x variant.' }),
    samples: t.exposeInt('samples', { description: 'Items times repeats, over all evaluations.' }),
    requests: t.exposeInt('requests', { description: 'Questions to the models.' }),
    promptTokens: t.exposeFloat('promptTokens', {
      description: 'Tokens in; null while a model of the suite has never run.',
      nullable: true,
    }),
    outputTokens: t.exposeFloat('outputTokens', {
      description: 'Tokens out; null while a model of the suite has never run.',
      nullable: true,
    }),
    seconds: t.exposeFloat('seconds', {
      nullable: true,
      description: 'Null while a model of the suite has never run.',
    }),
    models: t.stringList({ description: 'Models of the plan.', resolve: ({ models }) => [...models] }),
    tasks: t.stringList({ description: 'Tasks of the plan.', resolve: ({ tasks }) => [...tasks] }),
    detectableDifference: t.exposeFloat('detectableDifference', {
      nullable: true,
      description:
        'Smallest true difference of two models that this many paired items find with a chance of 0.8, for a score of 0/1 near 0.5.',
    }),
    warnings: t.stringList({
      description: 'What makes the result or the estimate doubtful, one sentence each.',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
});

const EstimateRunSuccess = builder.objectRef<{ data: Estimate }>('QueryEstimateRunSuccess').implement({
  description: 'The plan is sound and has an estimate.',
  authScopes: reads,
  fields: (t) => ({
    data: t.field({ description: 'The estimate.', type: RunEstimate, resolve: ({ data }) => data }),
  }),
});

const EstimateRunResult = builder.errorUnion('EstimateRunResult', {
  description: 'The estimate, or what is wrong with the input.',
  types: [EstimateRunSuccess, ValidationError, NotFoundError, CapabilityError],
  resolveType: () => 'QueryEstimateRunSuccess',
});

builder.queryField('estimateRun', (t) =>
  t.field({
    description: 'What a run would cost; nothing is kept.',
    type: EstimateRunResult,
    authScopes: reads,
    args: { input: t.arg({ description: 'What would be run.', type: RunInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { plan } = await checkRun(context, input);
      return { data: await estimateRun(context.pool, plan) } as never;
    },
  }),
);
