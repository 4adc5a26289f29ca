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
    runId: t.exposeID('runId', { description: 'The run it happened in.' }),
    sequence: t.exposeInt('sequence', { description: 'Counts up within a run without a gap.' }),
    at: t.expose('at', { description: 'When it happened.', type: 'DateTime' }),
  }),
});

builder.objectRef<Told<'RunProgressEvent'>>('RunProgressEvent').implement({
  description: 'Samples were finished.',
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    status: t.expose('status', { description: 'Where the run stands.', type: RunStatusEnum }),
    progress: t.expose('progress', { description: 'How far the run has come.', type: Progress }),
    evaluationId: t.exposeID('evaluationId', {
      description: 'The evaluation that came forward; null when it is not one alone.',
      nullable: true,
    }),
    evaluationDone: t.exposeInt('evaluationDone', {
      description: 'Samples of that evaluation finished; null together with it.',
      nullable: true,
    }),
  }),
});

builder.objectRef<Told<'RunStatusEvent'>>('RunStatusEvent').implement({
  description: 'The run changed its status.',
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    status: t.expose('status', { description: 'The new status.', type: RunStatusEnum }),
    message: t.exposeString('message', {
      description:
        'Why it failed, or why a worker paused it; null when there is nothing to say, and when a person paused it.',
      nullable: true,
    }),
    pauseParameters: t.expose('pauseParameters', {
      description: 'Why a worker paused it, as `Run.pauseParameters`; null otherwise.',
      type: 'JSON',
      nullable: true,
    }),
    progress: t.expose('progress', { description: 'How far the run has come.', type: Progress }),
  }),
});

builder.objectRef<Told<'EvaluationEvent'>>('EvaluationEvent').implement({
  description: 'An evaluation began, ended or changed.',
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
  description: 'Aggregates of an evaluation are new.',
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    evaluationId: t.exposeID('evaluationId', { description: 'The evaluation they sum up.' }),
    preliminary: t.exposeBoolean('preliminary', { description: 'Whether the evaluation is still running.' }),
    metrics: t.field({
      description: 'The aggregates, all of them.',
      type: [Metric],
      resolve: ({ metrics }) => [...metrics],
    }),
  }),
});

builder.objectRef<Told<'SampleFailedEvent'>>('SampleFailedEvent').implement({
  description: 'A sample got no answer.',
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    evaluationId: t.exposeID('evaluationId', { description: 'The evaluation it belongs to.' }),
    item: t.exposeInt('item', { description: 'Position in the split.' }),
    reason: t.exposeString('reason', { description: 'One word, e.g. `timeout`.' }),
    message: t.exposeString('message', { description: 'What happened, for a person to read.' }),
  }),
});

builder.objectRef<Told<'LogEvent'>>('LogEvent').implement({
  description: 'A worker wrote a line.',
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    level: t.exposeString('level', {
      description: '`trace`, `debug`, `info`, `warn`, `error` or `fatal`.',
    }),
    message: t.exposeString('message', { description: 'The line.' }),
  }),
});

builder.objectRef<Told<'GateEvent'>>('GateEvent').implement({
  description: 'A gate was checked.',
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({
    gate: t.expose('gate', { description: 'The gate and whether it passed.', type: Gate }),
  }),
});

builder.objectRef<Told<'WarningEvent'>>('WarningEvent').implement({
  description: "Something makes the run's numbers doubtful.",
  interfaces: [RunEvent],
  authScopes: reads,
  fields: (t) => ({ warning: t.expose('warning', { description: 'What.', type: RunWarning }) }),
});

builder.subscriptionField('runEvents', (t) =>
  t.field({
    type: RunEvent,
    authScopes: reads,
    description:
      'Replays what came after the sequence, then goes live: no gap, no repeat. Without one, from the beginning.',
    args: {
      runId: t.arg.id({ description: 'The run to follow.', required: true }),
      afterSequence: t.arg.int({ description: 'The last sequence seen; null from the beginning.' }),
    },
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
