// Job: a unit of queued work, as graphile-worker keeps it.
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { countJobs, type Job as JobRow, listJobs } from '../job-list.ts';
import { decodeCursor, pageArguments, pageOf, pageSize } from './connection.ts';

const JobState = builder.enumType('JobState', {
  description: 'A job that failed and will be tried again is WAITING; FAILED has no tries left.',
  values: {
    WAITING: { description: 'Not begun, or to be tried again.' },
    RUNNING: { description: 'A worker is at it.' },
    FAILED: { description: 'No tries are left.' },
  } as const,
});

/** GraphQL type `Job`. */
export const Job = builder.objectRef<JobRow>('Job').implement({
  description: 'A unit of queued work.',
  authScopes: reads,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Counts up.' }),
    task: t.exposeString('task', { description: 'What is to be done, e.g. `run-shard`.' }),
    queue: t.exposeString('queue', {
      description: 'Jobs of one queue run one after the other; null when it is in none.',
      nullable: true,
    }),
    state: t.expose('state', { description: 'What it does now.', type: JobState }),
    priority: t.exposeInt('priority', { description: 'Lower goes first.' }),
    attempts: t.exposeInt('attempts', { description: 'Tries so far.' }),
    maxAttempts: t.exposeInt('maxAttempts', { description: 'Tries it gets.' }),
    runId: t.exposeID('runId', { description: 'The run it works for; null for upkeep.', nullable: true }),
    lastError: t.exposeString('lastError', {
      description: 'Why the last try failed; null when none did.',
      nullable: true,
    }),
    runAt: t.expose('runAt', { description: 'Not before this time.', type: 'DateTime' }),
    createdAt: t.expose('createdAt', { description: 'When it was queued.', type: 'DateTime' }),
    lockedAt: t.expose('lockedAt', {
      description: 'When a worker took it; null while none has it.',
      type: 'DateTime',
      nullable: true,
    }),
  }),
});

const JobConnection = builder.connectionObject({ type: Job, name: 'JobConnection' }, { name: 'JobEdge' });

builder.queryField('jobs', (t) =>
  t.field({
    type: JobConnection,
    authScopes: reads,
    description: 'Oldest first.',
    args: {
      state: t.arg({ description: 'Only jobs in this state; null for all.', type: JobState }),
      ...pageArguments,
    },
    resolve: async (_root, args, { pool }) => {
      const key = decodeCursor(args.after, z.tuple([z.string().regex(/^\d+$/)]));
      const state = args.state ?? undefined;
      const rows = await listJobs(pool, { state, afterId: key?.[0], limit: pageSize(args) + 1 });
      return pageOf(
        rows,
        args,
        ({ id }) => [id],
        () => countJobs(pool, state),
      );
    },
  }),
);
