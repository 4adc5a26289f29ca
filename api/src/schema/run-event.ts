// RunEvent: what happens in a run, in order; and the subscription that tells it.
import { GraphQLError } from 'graphql';
import { builder, reads } from '../builder.ts';
import { type ToldEvent, toldEvents } from '../run-event-stream.ts';
import { isId } from './connection.ts';
import { Evaluation } from './evaluation.ts';
import { Metric } from './metric.ts';
import { Progress } from './progress.ts';
import { RunStatusEnum } from './run-status.ts';
import { Gate, RunWarning } from './run-warning.ts';

type Told<Type extends ToldEvent['type']> = Extract<ToldEvent, { readonly type: Type }>;

const RunEvent = builder.interfaceRef<ToldEvent>('RunEvent').implement({
  authScopes: reads,
  description: 'Progress events come at most 4 times a second and run; the last one always arrives.',
  resolveType: ({ type }) => type,
  fields: (t) => ({
    runId: t.exposeID('runId'),
    sequence: t.exposeInt('sequence', { description: 'Counts up within a run without a gap.' }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

builder.objectRef<Told<'RunProgressEvent'>>('RunProgressEvent').implement({
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum }),
    progress: t.expose('progress', { type: Progress }),
    evaluationId: t.exposeID('evaluationId', { nullable: true }),
    evaluationDone: t.exposeInt('evaluationDone', { nullable: true }),
  }),
});

builder.objectRef<Told<'RunStatusEvent'>>('RunStatusEvent').implement({
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum }),
    message: t.exposeString('message', { nullable: true }),
    progress: t.expose('progress', { type: Progress }),
  }),
});

builder.objectRef<Told<'EvaluationEvent'>>('EvaluationEvent').implement({
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    evaluation: t.prismaField({
      type: Evaluation,
      description: 'As it stands now.',
      resolve: (query, { evaluationId }, _args, { prisma }) =>
        prisma.evaluation.findUniqueOrThrow({ ...query, where: { id: evaluationId } }),
    }),
  }),
});

builder.objectRef<Told<'MetricsEvent'>>('MetricsEvent').implement({
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    evaluationId: t.exposeID('evaluationId'),
    preliminary: t.exposeBoolean('preliminary'),
    metrics: t.field({ type: [Metric], resolve: ({ metrics }) => [...metrics] }),
  }),
});

builder.objectRef<Told<'SampleFailedEvent'>>('SampleFailedEvent').implement({
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    evaluationId: t.exposeID('evaluationId'),
    item: t.exposeInt('item'),
    reason: t.exposeString('reason'),
    message: t.exposeString('message'),
  }),
});

builder.objectRef<Told<'LogEvent'>>('LogEvent').implement({
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({ level: t.exposeString('level'), message: t.exposeString('message') }),
});

builder.objectRef<Told<'GateEvent'>>('GateEvent').implement({
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({ gate: t.expose('gate', { type: Gate }) }),
});

builder.objectRef<Told<'WarningEvent'>>('WarningEvent').implement({
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({ warning: t.expose('warning', { type: RunWarning }) }),
});

builder.subscriptionField('runEvents', (t) =>
  t.field({
    type: RunEvent,
    authScopes: reads,
    description:
      'Replays what came after the sequence, then goes live: no gap, no repeat. Without one, from the beginning.',
    args: { runId: t.arg.id({ required: true }), afterSequence: t.arg.int() },
    subscribe: async (_root, { runId, afterSequence }, context) => {
      const run = isId(runId)
        ? await context.prisma.run.findUnique({ where: { id: runId }, select: { id: true } })
        : null;
      if (run === null) {
        throw new GraphQLError(`there is no run ${runId}`, { extensions: { code: 'NOT_FOUND' } });
      }
      return toldEvents(context, runId, afterSequence ?? 0);
    },
    resolve: (event) => event,
  }),
);
