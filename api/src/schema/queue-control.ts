// runQueue, setRunPriority, moveRun, retryJob, cancelJob: the order of the runs, and single jobs by hand.
import type { Run as RunRow } from '@bancada/prisma';
import { builder, reads, writes } from '../builder.ts';
import { cancelJob, retryJob } from '../job-control.ts';
import type { Job as JobRow } from '../job-list.ts';
import { moveRun, runQueue, setRunPriority } from '../run-order.ts';
import { ConflictError, NotFoundError, ValidationError } from './error.ts';
import { Job } from './job.ts';
import { Run } from './run.ts';

const RunMove = builder.enumType('RunMove', {
  description: 'Where a run is moved to in the queue.',
  values: {
    FRONT: { description: 'Before all others.' },
    UP: { description: 'One place towards the front.' },
    DOWN: { description: 'One place towards the back.' },
    BACK: { description: 'Behind all others.' },
  } as const,
});

const RunPlaceSuccess = builder.objectRef<{ data: RunRow }>('MutationRunPlaceSuccess').implement({
  description: 'It has its place.',
  authScopes: writes,
  fields: (t) => ({
    data: t.field({ description: 'The run as it stands now.', type: Run, resolve: ({ data }) => data }),
  }),
});

const RunPlaceResult = builder.errorUnion('RunPlaceResult', {
  description: 'The run, or why it stays where it is.',
  types: [RunPlaceSuccess, ValidationError, NotFoundError, ConflictError],
  resolveType: () => 'MutationRunPlaceSuccess',
});

const RetryJobSuccess = builder.objectRef<{ data: JobRow }>('MutationRetryJobSuccess').implement({
  description: 'It waits again.',
  authScopes: writes,
  fields: (t) => ({
    data: t.field({ description: 'The job as it stands now.', type: Job, resolve: ({ data }) => data }),
  }),
});

const RetryJobResult = builder.errorUnion('RetryJobResult', {
  description: 'The job, or why it is left as it is.',
  types: [RetryJobSuccess, NotFoundError, ConflictError],
  resolveType: () => 'MutationRetryJobSuccess',
});

const CancelJobSuccess = builder.objectRef<{ data: string }>('MutationCancelJobSuccess').implement({
  description: 'It is out of the queue.',
  authScopes: writes,
  fields: (t) => ({ data: t.exposeID('data', { description: 'Id of the job.' }) }),
});

const CancelJobResult = builder.errorUnion('CancelJobResult', {
  description: 'The id, or why the job stays.',
  types: [CancelJobSuccess, NotFoundError, ConflictError],
  resolveType: () => 'MutationCancelJobSuccess',
});

builder.queryField('runQueue', (t) =>
  t.prismaField({
    type: [Run],
    authScopes: reads,
    description: 'Runs that wait or run, in the order in which workers take their work; at most 200.',
    resolve: (query, _root, _args, { prisma }) => prisma.run.findMany({ ...query, ...runQueue, take: 200 }),
  }),
);

builder.mutationFields((t) => ({
  setRunPriority: t.field({
    type: RunPlaceResult,
    authScopes: writes,
    description: 'Work that waits takes the new place; what a worker is at goes on.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the run.' }),
      priority: t.arg.int({ required: true, description: 'From -1000 to 1000; lower goes first.' }),
    },
    resolve: async (_root, { id, priority }, context) =>
      ({ data: await setRunPriority(context, id, priority) }) as never,
  }),
  moveRun: t.field({
    type: RunPlaceResult,
    authScopes: writes,
    description: 'Changes as few priorities as the new place takes.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the run.' }),
      to: t.arg({ type: RunMove, required: true, description: 'Its new place.' }),
    },
    resolve: async (_root, { id, to }, context) => ({ data: await moveRun(context, id, to) }) as never,
  }),
  retryJob: t.field({
    type: RetryJobResult,
    authScopes: writes,
    description: 'Gives a failed job all its tries again.',
    args: { id: t.arg.id({ required: true, description: 'Id of the job.' }) },
    resolve: async (_root, { id }, context) => ({ data: await retryJob(context, id) }) as never,
  }),
  cancelJob: t.field({
    type: CancelJobResult,
    authScopes: writes,
    description: 'Takes a waiting or failed job out of the queue. Work of a run is cancelled with the run.',
    args: { id: t.arg.id({ required: true, description: 'Id of the job.' }) },
    resolve: async (_root, { id }, context) => ({ data: await cancelJob(context, id) }) as never,
  }),
}));
